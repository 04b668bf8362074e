/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Locale;
import java.util.Map;

/** The names of fields and of elements of lists in paths. */
final class FieldNames {
  /** The field that tells one element of a list from the others. */
  private static final Map<String, String> NAMES = Map.of(
      "pb.ExecOp.mounts", "dest",
      "pb.ExecOp.secretenv", "name",
      "pb.ExecOp.cdiDevices", "name",
      "pb.Meta.extraHosts", "Host",
      "pb.Meta.ulimit", "Name");

  private static final String ENV = "pb.Meta.env";

  private FieldNames() {}

  /** Returns the path of a field; the names of single fields begin with a small letter. */
  static String path(String parent, FieldDescriptor field) {
    String name = uncapitalized(field.getName());
    return parent.isEmpty() ? name : parent + "." + name;
  }

  /** Acronyms become small as a whole: {@code OSVersion} is {@code osVersion}. */
  private static String uncapitalized(String name) {
    int end = 0;
    while (end < name.length() && Character.isUpperCase(name.charAt(end))) {
      end++;
    }
    // The last capital letter of several begins the next word.
    int word = end > 1 && end < name.length() ? end - 1 : end;
    return name.substring(0, word).toLowerCase(Locale.ROOT) + name.substring(word);
  }

  /** Returns whether elements of a list have names instead of positions. */
  static boolean areNamed(FieldDescriptor field) {
    return NAMES.containsKey(field.getFullName()) || field.getFullName().equals(ENV);
  }

  /** Returns the name of an element. */
  static String element(FieldDescriptor field, Object element) {
    if (element instanceof Message message) {
      String name = NAMES.getOrDefault(field.getFullName(), "");
      return message
          .getField(message.getDescriptorForType().findFieldByName(name))
          .toString();
    }
    return element.toString().split("=", 2)[0];
  }

  /** Returns an element without its name, where it holds it: the value of a variable. */
  static Object value(FieldDescriptor field, Object element) {
    String text = element.toString();
    return field.getFullName().equals(ENV) && text.contains("=")
        ? text.substring(text.indexOf('=') + 1)
        : element;
  }
}
