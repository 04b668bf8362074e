/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares messages field by field, by what the protocol says that there is: no field is forgotten. */
final class MessageComparison {
  private final Meaning meaning;
  private final List<FieldDiff> found = new ArrayList<>();

  private MessageComparison(Meaning meaning) {
    this.meaning = meaning;
  }

  /** Returns the fields that differ, with a path that begins with {@code path}. */
  static List<FieldDiff> compare(String path, Message before, Message after, Meaning meaning) {
    if (before.equals(after) && meaning == Meaning.LITERAL) {
      return List.of();
    }
    MessageComparison comparison = new MessageComparison(meaning);
    comparison.messages(path, before, after);
    return comparison.found;
  }

  private void messages(String path, Message before, Message after) {
    for (FieldDescriptor field : before.getDescriptorForType().getFields()) {
      if (meaning.counts(field)) {
        fields(FieldNames.path(path, field), field, before, after);
      }
    }
    unknown(path, before.getUnknownFields(), after.getUnknownFields());
  }

  private void fields(String path, FieldDescriptor field, Message before, Message after) {
    if (field.isMapField()) {
      named(path, field, entries(field, before), entries(field, after));
    } else if (field.isRepeated() && FieldNames.areNamed(field)) {
      named(path, field, elements(field, before), elements(field, after));
    } else if (field.isRepeated()) {
      lists(path, field, list(field, before), list(field, after));
    } else {
      values(path, field, value(field, before), value(field, after));
    }
  }

  /** Fields of a newer BuildKit have no names here. */
  private void unknown(String path, UnknownFieldSet before, UnknownFieldSet after) {
    if (!before.equals(after)) {
      String name = path.isEmpty() ? "unknown" : path + ".unknown";
      found.add(new FieldDiff(name, unknown(before), unknown(after)));
    }
  }

  private static Optional<String> unknown(UnknownFieldSet fields) {
    return fields.asMap().isEmpty()
        ? Optional.empty()
        : Optional.of("fields " + new TreeSet<>(fields.asMap().keySet()) + ", "
            + fields.getSerializedSize() + " bytes");
  }

  private void named(
      String path, FieldDescriptor field, Map<String, Object> before, Map<String, Object> after) {
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      values(path + "[" + name + "]", field, before.get(name), after.get(name));
    }
  }

  private void lists(String path, FieldDescriptor field, List<Object> before, List<Object> after) {
    int start = 0;
    int end = 0;
    if (before.size() != after.size()) {
      int shorter = Math.min(before.size(), after.size());
      while (start < shorter && isSame(field, before.get(start), after.get(start))) {
        start++;
      }
      while (end < shorter - start && isSame(field, fromEnd(before, end), fromEnd(after, end))) {
        end++;
      }
    }
    int longer = Math.max(before.size(), after.size()) - end;
    for (int i = start; i < longer; i++) {
      values(
          path + "[" + i + "]",
          field,
          i < before.size() - end ? before.get(i) : null,
          i < after.size() - end ? after.get(i) : null);
    }
  }

  private static Object fromEnd(List<Object> list, int index) {
    return list.get(list.size() - 1 - index);
  }

  private boolean isSame(FieldDescriptor field, Object before, Object after) {
    MessageComparison strict = new MessageComparison(meaning.strict());
    strict.values("", field, before, after);
    return strict.found.isEmpty();
  }

  private void values(
      String path, FieldDescriptor field, @Nullable Object before, @Nullable Object after) {
    if (before instanceof Message first && after instanceof Message second) {
      messages(path, first, second);
    } else if (before == null || after == null) {
      if (before != after) {
        add(path, field, before, after);
      }
    } else if (!meaning.isSame(field, before, after)) {
      add(path, field, before, after);
    }
  }

  private void add(
      String path, FieldDescriptor field, @Nullable Object before, @Nullable Object after) {
    found.add(new FieldDiff(
        path,
        Optional.ofNullable(before).map(value -> meaning.before(field, value)),
        Optional.ofNullable(after).map(value -> meaning.after(field, value))));
  }

  /** Returns the value of a field, or null if a message is absent. */
  private static @Nullable Object value(FieldDescriptor field, Message message) {
    boolean absent = (field.getJavaType() == JavaType.MESSAGE || field.getContainingOneof() != null)
        && !message.hasField(field);
    return absent ? null : message.getField(field);
  }

  private static List<Object> list(FieldDescriptor field, Message message) {
    return new ArrayList<>((List<?>) message.getField(field));
  }

  private static Map<String, Object> entries(FieldDescriptor field, Message message) {
    Map<String, Object> entries = new TreeMap<>();
    for (Object element : list(field, message)) {
      MapEntry<?, ?> entry = (MapEntry<?, ?>) element;
      entries.put(entry.getKey().toString(), entry.getValue());
    }
    return entries;
  }

  /** Returns elements by name; further ones of the same name are numbered. */
  private static Map<String, Object> elements(FieldDescriptor field, Message message) {
    Map<String, Object> elements = new LinkedHashMap<>();
    Map<String, Integer> counts = new HashMap<>();
    for (Object element : list(field, message)) {
      String name = FieldNames.element(field, element);
      int count = counts.merge(name, 1, Integer::sum);
      elements.put(count == 1 ? name : name + "#" + count, element);
    }
    return elements;
  }
}
