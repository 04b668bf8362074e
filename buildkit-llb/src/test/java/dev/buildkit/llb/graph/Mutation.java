/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import dev.buildkit.api.OpsProto.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** An operation with another value in one field, and the path of that field. */
record Mutation(String path, Op op) {
  /** What tells elements of lists apart: another one is another element. */
  private static final Set<String> NAMES = Set.of(
      "pb.Mount.dest",
      "pb.SecretEnv.name",
      "pb.CDIDevice.name",
      "pb.HostIP.Host",
      "pb.Ulimit.Name");

  private record Changed(String path, Message message) {}

  /** Returns a mutation of each field that has a value. */
  static List<Mutation> of(Op op) {
    return changed("", op).stream()
        .map(changed -> new Mutation(changed.path, (Op) changed.message))
        .toList();
  }

  @Override
  public String toString() {
    return op.getOpCase() + " " + path;
  }

  private static List<Changed> changed(String path, Message message) {
    List<Changed> all = new ArrayList<>();
    message.getAllFields().keySet().forEach(field -> {
      if (field.isRepeated()) {
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
          int index = i;
          changed(elementPath(path, message, field, i), field, message.getRepeatedField(field, i))
              .forEach(value -> all.add(new Changed(
                  value.path,
                  message.toBuilder()
                      .setRepeatedField(field, index, value.value)
                      .build())));
        }
      } else {
        changed(FieldNames.path(path, field), field, message.getField(field))
            .forEach(value -> all.add(new Changed(
                value.path, message.toBuilder().setField(field, value.value).build())));
      }
    });
    return all;
  }

  private record Value(String path, Object value) {}

  private static List<Value> changed(String path, FieldDescriptor field, Object value) {
    String name = field.getFullName();
    if (NAMES.contains(name) || name.equals("pb.Op.inputs") || name.equals("pb.BuildOp.def")) {
      return List.of();
    }
    if (value instanceof MapEntry<?, ?> entry) {
      FieldDescriptor part = entry.getDescriptorForType().findFieldByName("value");
      return changed(path, part, entry.getValue()).stream()
          .map(other -> new Value(
              other.path, entry.toBuilder().setField(part, other.value).build()))
          .toList();
    }
    return value instanceof Message message
        ? changed(path, message).stream()
            .map(other -> new Value(other.path, other.message))
            .toList()
        : List.of(new Value(path, changed(field, value)));
  }

  private static Object changed(FieldDescriptor field, Object value) {
    if (value instanceof EnumValueDescriptor constant) {
      return constant.getType().findValueByNumber(constant.getNumber() == 0 ? 1 : 0);
    } else if (value instanceof Boolean flag) {
      return !flag;
    } else if (value instanceof Integer number) {
      return number + 1;
    } else if (value instanceof Long number) {
      return field.getName().equals("output") ? -1 - number : number == 0 ? 1L : number + 1;
    } else if (value instanceof ByteString bytes) {
      return bytes.concat(ByteString.copyFromUtf8("!"));
    }
    return value + "!";
  }

  private static String elementPath(
      String parent, Message message, FieldDescriptor field, int index) {
    String path = FieldNames.path(parent, field);
    Object element = message.getRepeatedField(field, index);
    if (element instanceof MapEntry<?, ?> entry) {
      return path + "[" + entry.getKey() + "]";
    }
    return FieldNames.areNamed(field)
        ? path + "[" + FieldNames.element(field, element) + "]"
        : path + "[" + index + "]";
  }
}
