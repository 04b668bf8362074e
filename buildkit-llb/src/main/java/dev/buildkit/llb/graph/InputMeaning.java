/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Optional;
import java.util.Set;

/** Numbers of inputs stand for what is read, and numbers of outputs for whether there is one. */
final class InputMeaning implements Meaning {
  private static final Set<String> INPUTS = Set.of(
      "pb.Mount.input",
      "pb.FileAction.input",
      "pb.FileAction.secondaryInput",
      "pb.NamedUserOpt.input",
      "pb.MergeInput.input",
      "pb.LowerDiffInput.input",
      "pb.UpperDiffInput.input",
      "pb.BuildOp.builder",
      "pb.BuildInput.input",
      "pb.PassthroughOp.outputs");
  private static final Set<String> OUTPUTS = Set.of("pb.Mount.output", "pb.FileAction.output");

  private final Matching matching;
  private final Vertex before;
  private final Vertex after;
  private final boolean strict;

  InputMeaning(Matching matching, Vertex before, Vertex after) {
    this(matching, before, after, false);
  }

  private InputMeaning(Matching matching, Vertex before, Vertex after, boolean strict) {
    this.matching = matching;
    this.before = before;
    this.after = after;
    this.strict = strict;
  }

  @Override
  public Meaning strict() {
    return new InputMeaning(matching, before, after, true);
  }

  /** The inputs themselves count where something refers to them. */
  @Override
  public boolean counts(FieldDescriptor field) {
    return !field.getFullName().equals("pb.Op.inputs");
  }

  @Override
  public boolean isSame(FieldDescriptor field, Object first, Object second) {
    if (INPUTS.contains(field.getFullName())) {
      return isSameInput((long) first, (long) second);
    }
    if (OUTPUTS.contains(field.getFullName())) {
      return (long) first < 0 == (long) second < 0;
    }
    return first.equals(second);
  }

  private boolean isSameInput(long first, long second) {
    Optional<Long> firstAction = action(before, first);
    Optional<Long> secondAction = action(after, second);
    if (firstAction.isPresent() || secondAction.isPresent()) {
      return firstAction.equals(secondAction);
    }
    return new References(matching).isSame(edge(before, first), edge(after, second), strict);
  }

  @Override
  public String before(FieldDescriptor field, Object value) {
    return text(field, value, before).orElseGet(() -> Meaning.super.before(field, value));
  }

  @Override
  public String after(FieldDescriptor field, Object value) {
    return text(field, value, after).orElseGet(() -> Meaning.super.after(field, value));
  }

  private static Optional<String> text(FieldDescriptor field, Object value, Vertex reader) {
    if (!INPUTS.contains(field.getFullName()) || !(value instanceof Long index)) {
      return Optional.empty();
    }
    return Optional.of(action(reader, index)
        .map(action -> "action " + action)
        .orElseGet(() -> References.text(edge(reader, index))));
  }

  /** Returns which action of a file operation a number stands for. */
  private static Optional<Long> action(Vertex reader, long index) {
    long action = index - reader.inputs().size();
    return action >= 0 ? Optional.of(action) : Optional.empty();
  }

  private static Optional<Edge> edge(Vertex reader, long index) {
    return index < 0 ? Optional.empty() : Optional.of(reader.inputs().get((int) index));
  }
}
