/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import dev.buildkit.api.OpsProto.DiffOp;
import dev.buildkit.api.OpsProto.LowerDiffInput;
import dev.buildkit.api.OpsProto.Op;
import dev.buildkit.api.OpsProto.UpperDiffInput;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What changes from one file system to another; the upper one may be empty. */
final class DiffVertex implements Vertex {
  private final Output lower;
  private final @Nullable Output upper;
  private final Constraints constraints;

  DiffVertex(Output lower, @Nullable Output upper, Constraints constraints) {
    this.lower = lower;
    this.upper = upper;
    this.constraints = constraints;
  }

  @Override
  public List<Output> inputs() {
    return upper == null ? List.of(lower) : List.of(lower, upper);
  }

  @Override
  public Operation marshal(MarshalContext context) {
    Op.Builder op = Op.newBuilder();
    op.setDiff(DiffOp.newBuilder()
        .setLower(LowerDiffInput.newBuilder().setInput(context.addInput(lower, op)))
        .setUpper(UpperDiffInput.newBuilder().setInput(context.addInput(upper, op))));
    return context.operation(op, constraints, Set.of(Caps.DIFF));
  }

  @Override
  public String toString() {
    return "diff";
  }
}
