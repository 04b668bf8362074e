/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.api;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The facts of one .proto file as generated Java code has them. */
final class FactDescriptor {
  private final List<Fact> facts = new ArrayList<>();

  private FactDescriptor() {}

  static List<Fact> facts(FileDescriptor file) {
    FactDescriptor reader = new FactDescriptor();
    String syntax = file.toProto().getSyntax();
    reader.add("package", file.getPackage(), syntax);
    file.getServices().forEach(reader::addService);
    file.getMessageTypes().forEach(reader::addMessage);
    file.getEnumTypes().forEach(reader::addEnum);
    return reader.facts;
  }

  private void addService(ServiceDescriptor service) {
    add("service", service.getFullName(), "");
    for (MethodDescriptor method : service.getMethods()) {
      add(
          "method",
          "/" + service.getFullName() + "/" + method.getName(),
          stream(method.isClientStreaming()) + method.getInputType().getFullName() + " returns "
              + stream(method.isServerStreaming()) + method.getOutputType().getFullName());
    }
  }

  private static String stream(boolean streaming) {
    return streaming ? "stream " : "";
  }

  private void addMessage(Descriptor message) {
    String name = message.getFullName();
    List<String> oneofs =
        message.getRealOneofs().stream().map(OneofDescriptor::getName).toList();
    add("message", name, oneofs + " reserved " + reserved(message.toProto()));
    for (FieldDescriptor field : message.getFields()) {
      add("field", name + "." + field.getName(), field(field));
    }
    message.getNestedTypes().stream()
        .filter(nested -> !nested.getOptions().getMapEntry())
        .forEach(this::addMessage);
    message.getEnumTypes().forEach(this::addEnum);
  }

  private static List<String> reserved(DescriptorProto message) {
    return message.getReservedRangeList().stream()
        .map(range -> range.getStart() + ".." + (range.getEnd() - 1))
        .toList();
  }

  private static String field(FieldDescriptor field) {
    OneofDescriptor oneof = field.getRealContainingOneof();
    return field.getNumber() + " " + label(field)
        + " " + type(field)
        + " json " + field.getJsonName()
        + (oneof == null ? "" : " oneof " + oneof.getName())
        + (field.isPacked() ? " packed" : "")
        + (field.getOptions().getDeprecated() ? " deprecated" : "")
        + (field.toProto().getProto3Optional() ? " explicit_optional" : "");
  }

  private static String label(FieldDescriptor field) {
    return field.isMapField() ? "map" : field.isRepeated() ? "repeated" : "singular";
  }

  private static String type(FieldDescriptor field) {
    if (field.isMapField()) {
      FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
      String key = kind(field.getMessageType().findFieldByNumber(1));
      return key + " to " + (isMessage(value) ? value.getMessageType().getFullName() : kind(value));
    }
    return switch (field.getType()) {
      case MESSAGE -> "message " + field.getMessageType().getFullName();
      case ENUM -> "enum " + field.getEnumType().getFullName();
      default -> kind(field);
    };
  }

  private static boolean isMessage(FieldDescriptor field) {
    return field.getType() == FieldDescriptor.Type.MESSAGE;
  }

  private static String kind(FieldDescriptor field) {
    return field.getType().name().toLowerCase(Locale.ROOT);
  }

  private void addEnum(EnumDescriptor type) {
    add("enum", type.getFullName(), "");
    for (EnumValueDescriptor value : type.getValues()) {
      add("value", type.getFullName() + "." + value.getName(), "" + value.getNumber());
    }
  }

  private void add(String kind, String name, String value) {
    facts.add(new Fact(kind + " " + name, value));
  }
}
