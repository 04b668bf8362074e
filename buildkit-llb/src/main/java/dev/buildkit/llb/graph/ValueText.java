/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import dev.buildkit.llb.Digest;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Values of fields as people read them, without passwords. */
final class ValueText {
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s]*@");

  private ValueText() {}

  /**
   * Returns a value as text.
   *
   * @param inner writes what is inside of a message
   */
  static String of(
      FieldDescriptor field, Object value, BiFunction<FieldDescriptor, Object, String> inner) {
    if (value instanceof MapEntry<?, ?> entry) {
      return of(field, entry.getValue(), inner);
    } else if (value instanceof Message message) {
      return message.getDescriptorForType().getFields().stream()
          .filter(part -> isShown(part, message))
          .map(part -> FieldNames.path("", part) + ": " + list(part, message.getField(part), inner))
          .collect(Collectors.joining(", ", "{", "}"));
    } else if (value instanceof EnumValueDescriptor constant) {
      return constant.getName();
    } else if (value instanceof ByteString bytes) {
      return bytes.size() + " bytes, " + Digest.sha256(bytes.toByteArray());
    } else if (field.getType() == FieldDescriptor.Type.UINT32) {
      return Integer.toUnsignedString((int) value);
    }
    return USER_INFO.matcher(FieldNames.value(field, value).toString()).replaceAll("");
  }

  /** The input 0 is one, too. */
  private static boolean isShown(FieldDescriptor field, Message message) {
    return field.isRepeated()
        ? message.getRepeatedFieldCount(field) > 0
        : message.hasField(field) || field.getName().equals("input");
  }

  private static String list(
      FieldDescriptor field, Object value, BiFunction<FieldDescriptor, Object, String> inner) {
    return value instanceof List<?> list
        ? list.stream()
            .map(element -> inner.apply(field, element))
            .collect(Collectors.joining(", ", "[", "]"))
        : inner.apply(field, value);
  }
}
