/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import dev.buildkit.api.OpsProto;
import dev.buildkit.api.OpsProto.FileOp;
import dev.buildkit.api.OpsProto.Op;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes of files that are carried out one after the other. */
final class FileVertex implements Vertex {
  private static final int NO_OUTPUT = -1;

  private final FileStep last;
  private final Constraints constraints;

  FileVertex(FileStep last, Constraints constraints) {
    this.last = last;
    this.constraints = constraints;
  }

  /** Returns the inputs from the last step to the first, unlike the operation, which lists them in order. */
  @Override
  public List<Output> inputs() {
    List<Output> inputs = new ArrayList<>();
    Set<FileStep> seen = new HashSet<>();
    Deque<FileStep> open = new ArrayDeque<>();
    open.push(last);
    while (!open.isEmpty()) {
      FileStep step = open.pop();
      if (seen.add(step)) {
        addIfPresent(step.base().output(), inputs);
        addIfPresent(step.source(), inputs);
        step.before().forEach(open::push);
      }
    }
    return inputs;
  }

  private static void addIfPresent(@Nullable Output output, List<Output> inputs) {
    if (output != null) {
      inputs.add(output);
    }
  }

  @Override
  public Operation marshal(MarshalContext context) {
    Map<FileStep, Integer> steps = new LinkedHashMap<>();
    Inputs inputs = new Inputs(context);
    PostOrder.visit(last, FileStep::before, step -> {
      steps.put(step, steps.size());
      inputs.add(step.base().output());
      inputs.add(step.source());
    });
    FileOp.Builder op = FileOp.newBuilder();
    steps.keySet().forEach(step -> op.addActions(action(step, steps, inputs, context)));
    Op.Builder envelope = Op.newBuilder().addAllInputs(inputs.all()).setFile(op);
    return context.operation(envelope, constraints, Set.of(Caps.FILE_BASE));
  }

  private OpsProto.FileAction action(
      FileStep step, Map<FileStep, Integer> steps, Inputs inputs, MarshalContext context) {
    int base = inputs.add(step.base().output());
    FileStep previous = step.previous();
    FileStep copied = step.copied();
    OpsProto.FileAction.Builder message = OpsProto.FileAction.newBuilder()
        // The results of steps are counted after the inputs of the operation.
        .setInput(previous == null ? base : inputs.size() + index(previous, steps))
        .setSecondaryInput(
            copied == null ? inputs.add(step.source()) : inputs.size() + index(copied, steps))
        .setOutput(step.equals(last) ? 0 : NO_OUTPUT);
    step.action().write(message, context, step.base(), base);
    return message.build();
  }

  private static int index(FileStep step, Map<FileStep, Integer> steps) {
    return requireNonNull(steps.get(step));
  }

  @Override
  public String toString() {
    return last.toString();
  }
}
