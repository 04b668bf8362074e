/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import dev.buildkit.examples.buildctl.gotext.GoStruct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Messages of graphs as {@code buildctl debug dump-llb} shows them: fields by their names in the protocol, without empty ones. */
final class ProtoFields {
  /** Alternatives that stand in a struct of their own, even where none of them is there. */
  private static final Map<String, String> ALTERNATIVES =
      Map.of("Op", "op", "FileAction", "action", "UserOpt", "user");

  /** Fields that show even where they are 0. */
  private static final Set<String> ALWAYS =
      Set.of("FileAction.input", "FileAction.secondaryInput", "FileAction.output");

  private ProtoFields() {}

  static GoStruct of(Message message) {
    GoStruct struct = GoStruct.of("pb." + message.getDescriptorForType().getName());
    String alternatives = ALTERNATIVES.get(message.getDescriptorForType().getName());
    boolean opened = alternatives == null;
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      OneofDescriptor oneof = field.getContainingOneof();
      if (oneof == null || alternatives == null) {
        add(struct, message, field);
      } else if (!opened) {
        opened = true;
        struct.add(alternatives, capital(alternatives), alternative(message, oneof));
      }
    }
    return struct;
  }

  private static GoStruct alternative(Message message, OneofDescriptor oneof) {
    GoStruct struct = GoStruct.of(oneof.getName());
    for (FieldDescriptor field : oneof.getFields()) {
      add(struct, message, field);
    }
    return struct;
  }

  private static void add(GoStruct struct, Message message, FieldDescriptor field) {
    String path = message.getDescriptorForType().getName() + "." + field.getName();
    boolean present =
        field.isRepeated() ? message.getRepeatedFieldCount(field) > 0 : message.hasField(field);
    if (present || ALWAYS.contains(path)) {
      String json = path.equals("UserOpt.byID") ? "byId" : field.getName();
      struct.add(field.getName(), json, value(message, field));
    }
  }

  private static Object value(Message message, FieldDescriptor field) {
    if (field.isMapField()) {
      return map((List<?>) message.getField(field));
    }
    if (field.isRepeated()) {
      List<Object> list = new ArrayList<>();
      ((List<?>) message.getField(field)).forEach(element -> list.add(single(element)));
      return list;
    }
    return single(message.getField(field));
  }

  private static Map<String, Object> map(List<?> entries) {
    Map<String, Object> map = new TreeMap<>();
    for (Object entry : entries) {
      MapEntry<?, ?> pair = (MapEntry<?, ?>) entry;
      map.put(pair.getKey().toString(), single(pair.getValue()));
    }
    return map;
  }

  private static Object single(Object value) {
    if (value instanceof Message message) {
      return of(message);
    }
    if (value instanceof EnumValueDescriptor constant) {
      return constant.getNumber();
    }
    return value instanceof ByteString bytes ? bytes.asReadOnlyByteBuffer() : value;
  }

  private static String capital(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
