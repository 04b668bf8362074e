/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import dev.buildkit.api.OpsProto;
import dev.buildkit.api.OpsProto.Input;
import dev.buildkit.api.OpsProto.Op;
import dev.buildkit.api.OpsProto.SourceOp;
import dev.buildkit.llb.Definition;
import dev.buildkit.llb.Digest;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.State;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Operations as messages, also ones that no state can make. */
final class Ops {
  private static final int NUMBER = 5;

  /** All other long numbers are those of inputs and outputs, of which there are few. */
  private static final Set<String> AMOUNTS = Set.of("timestamp", "size", "Soft", "Hard");

  private Ops() {}

  /** Returns one operation of each kind that reads two sources and has a value in every field. */
  static Stream<Op> full() {
    return Op.getDescriptor().getOneofs().get(0).getFields().stream().map(Ops::full);
  }

  private static Op full(FieldDescriptor kind) {
    Op.Builder op = Op.newBuilder();
    op.setField(kind, message(op.newBuilderForField(kind), 0));
    List.of("platform", "constraints").stream()
        .map(name -> Op.getDescriptor().findFieldByName(name))
        .forEach(field -> op.setField(field, message(op.newBuilderForField(field), 0)));
    if (op.hasExec()) {
      op.getExecBuilder().addMountsBuilder().setDest("/");
    }
    return op.addInputs(input(source("a"), 0)).addInputs(input(source("b"), 0)).build();
  }

  private static Message message(Message.Builder builder, int alternative) {
    for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
      boolean chosen = field.getContainingOneof() == null
          || field.getContainingOneof().getFields().indexOf(field) == alternative;
      if (chosen && field.isRepeated()) {
        elements(builder, field);
      } else if (chosen) {
        builder.setField(field, value(builder, field, field.getIndex()));
      }
    }
    return builder.build();
  }

  /** Adds one element, or one of each alternative. */
  private static void elements(Message.Builder builder, FieldDescriptor field) {
    int alternatives = 1;
    if (field.getJavaType() == JavaType.MESSAGE) {
      Descriptor type = field.getMessageType();
      alternatives = type.getOneofs().isEmpty() ? 1 : type.getOneofs().get(0).getFieldCount();
    }
    for (int i = 0; i < alternatives; i++) {
      builder.addRepeatedField(field, value(builder, field, i));
    }
  }

  private static Object value(Message.Builder builder, FieldDescriptor field, int alternative) {
    if (field.getFullName().equals("pb.BuildOp.def")) {
      return State.scratch().file(FileAction.mkdir("/d", 0755)).marshal().toProto();
    }
    return switch (field.getJavaType()) {
      case MESSAGE -> message(builder.newBuilderForField(field), alternative);
      case STRING -> field.getName().equals("env") ? "NAME=value" : field.getName();
      case BOOLEAN -> true;
      case ENUM -> field.getEnumType().findValueByNumber(1);
      case BYTE_STRING -> ByteString.copyFromUtf8("content");
      case INT -> NUMBER;
      case LONG -> AMOUNTS.contains(field.getName()) ? (long) NUMBER : 0L;
      case FLOAT, DOUBLE -> throw new AssertionError(field);
    };
  }

  static Op source(String name) {
    return Op.newBuilder()
        .setSource(SourceOp.newBuilder().setIdentifier("local://" + name))
        .build();
  }

  static Input input(Op op, long index) {
    return Input.newBuilder()
        .setDigest(Digest.sha256(op.toByteArray()).toString())
        .setIndex(index)
        .build();
  }

  /** Returns a definition with these operations, the last of which is the result. */
  static Definition definition(Op... operations) {
    return definition(Stream.of(operations).map(Op::toByteString).toArray(ByteString[]::new));
  }

  /** Returns a definition with operations in these bytes, the last of which is the result. */
  static Definition definition(ByteString... operations) {
    byte[] last = operations[operations.length - 1].toByteArray();
    Input result = Input.newBuilder().setDigest(Digest.sha256(last).toString()).build();
    OpsProto.Definition definition = OpsProto.Definition.newBuilder()
        .addAllDef(List.of(operations))
        .addDef(Op.newBuilder().addInputs(result).build().toByteString())
        .build();
    return Definition.parse(definition.toByteArray());
  }

  /** Returns the graph of an operation that may read the sources {@code a} and {@code b}. */
  static Graph graph(Op op) {
    return Graph.of(definition(source("a"), source("b"), op));
  }

  /** Returns a definition with another operation in the place of one. */
  static Definition replace(Definition definition, Digest digest, Op replacement) {
    Map<String, String> renamed = new HashMap<>();
    OpsProto.Definition.Builder changed = OpsProto.Definition.newBuilder();
    List<Operation> operations = Operation.of(definition);
    for (int i = 0; i < operations.size(); i++) {
      Operation operation = operations.get(i);
      Op.Builder op =
          (operation.digest().equals(digest) ? replacement : operation.op()).toBuilder();
      op.getInputsBuilderList()
          .forEach(
              input -> input.setDigest(renamed.getOrDefault(input.getDigest(), input.getDigest())));
      if (op.build().equals(operation.op())) {
        // The same operation may be encoded in another way, which is another digest.
        changed.addDef(definition.toProto().getDef(i));
      } else {
        byte[] bytes = op.build().toByteArray();
        renamed.put(operation.digest().toString(), Digest.sha256(bytes).toString());
        changed.addDef(ByteString.copyFrom(bytes));
      }
    }
    return Definition.parse(changed.build().toByteArray());
  }
}
