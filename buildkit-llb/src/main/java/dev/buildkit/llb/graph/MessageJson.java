/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import dev.buildkit.llb.internal.GoJson;
import dev.buildkit.llb.internal.Utf8;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Messages as Go's JSON shows them: fields by their names in the protocol, without empty ones.
 *
 * <p>That is neither protobuf's JSON nor a choice: it is what Go's generated structs come out as.
 */
final class MessageJson {
  /** Alternatives that stand in an object of their own, even where none of them is there. */
  private static final Map<String, String> ALTERNATIVES =
      Map.of("Op", "Op", "FileAction", "Action", "UserOpt", "User");

  /** Fields that show even where they are 0. */
  private static final Set<String> ALWAYS =
      Set.of("FileAction.input", "FileAction.secondaryInput", "FileAction.output");

  private final Appendable out;

  MessageJson(Appendable out) {
    this.out = out;
  }

  void write(Message message) throws IOException {
    String alternatives = ALTERNATIVES.get(message.getDescriptorForType().getName());
    boolean opened = alternatives == null;
    String before = "{";
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      OneofDescriptor oneof = field.getContainingOneof();
      if (oneof == null || alternatives == null) {
        before = member(before, message, field);
      } else if (!opened) {
        opened = true;
        out.append(before).append(GoJson.string(alternatives)).append(':');
        alternative(message, oneof);
        before = ",";
      }
    }
    out.append(before.equals("{") ? "{}" : "}");
  }

  private void alternative(Message message, OneofDescriptor oneof) throws IOException {
    String before = "{";
    for (FieldDescriptor field : oneof.getFields()) {
      before = member(before, message, field);
    }
    out.append(before.equals("{") ? "{}" : "}");
  }

  /** Writes a field if it shows, and returns what comes before the next one. */
  private String member(String before, Message message, FieldDescriptor field) throws IOException {
    String path = message.getDescriptorForType().getName() + "." + field.getName();
    boolean present =
        field.isRepeated() ? message.getRepeatedFieldCount(field) > 0 : message.hasField(field);
    if (!present && !ALWAYS.contains(path)) {
      return before;
    }
    String name = path.equals("UserOpt.byID") ? "byId" : field.getName();
    out.append(before).append(GoJson.string(name)).append(':');
    value(message.getField(field), field);
    return ",";
  }

  private void value(Object value, FieldDescriptor field) throws IOException {
    if (field.isMapField()) {
      map((List<?>) value, field);
    } else if (field.isRepeated()) {
      list((List<?>) value, field);
    } else {
      single(value, field);
    }
  }

  private void list(List<?> list, FieldDescriptor field) throws IOException {
    String before = "[";
    for (Object element : list) {
      out.append(before);
      single(element, field);
      before = ",";
    }
    out.append(']');
  }

  private void map(List<?> entries, FieldDescriptor field) throws IOException {
    Map<String, Object> sorted = new TreeMap<>(Utf8.ORDER);
    for (Object entry : entries) {
      MapEntry<?, ?> pair = (MapEntry<?, ?>) entry;
      sorted.put(pair.getKey().toString(), pair.getValue());
    }
    String before = "{";
    for (Map.Entry<String, Object> entry : sorted.entrySet()) {
      out.append(before).append(GoJson.string(entry.getKey())).append(':');
      single(entry.getValue(), field);
      before = ",";
    }
    out.append('}');
  }

  private void single(Object value, FieldDescriptor field) throws IOException {
    if (value instanceof Message message) {
      write(message);
    } else if (value instanceof EnumValueDescriptor constant) {
      out.append(Integer.toString(constant.getNumber()));
    } else if (value instanceof ByteString bytes) {
      String base64 = Base64.getEncoder().encodeToString(bytes.toByteArray());
      out.append('"').append(base64).append('"');
    } else if (value instanceof String text) {
      out.append(GoJson.string(text));
    } else if (field.getType() == FieldDescriptor.Type.UINT32) {
      out.append(Integer.toUnsignedString((int) value));
    } else {
      out.append(value.toString());
    }
  }
}
