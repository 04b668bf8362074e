/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import dev.buildkit.api.OpsProto.MergeInput;
import dev.buildkit.api.OpsProto.MergeOp;
import dev.buildkit.api.OpsProto.Op;
import java.util.List;
import java.util.Set;

/** File systems laid over one another, the later on top. */
final class MergeVertex implements Vertex {
  private final List<Output> inputs;
  private final Constraints constraints;

  MergeVertex(List<Output> inputs, Constraints constraints) {
    this.inputs = List.copyOf(inputs);
    this.constraints = constraints;
  }

  @Override
  public List<Output> inputs() {
    return inputs;
  }

  @Override
  public Operation marshal(MarshalContext context) {
    Op.Builder op = Op.newBuilder();
    MergeOp.Builder merge = MergeOp.newBuilder();
    for (Output input : inputs) {
      merge.addInputs(MergeInput.newBuilder().setInput(context.addInput(input, op)));
    }
    return context.operation(op.setMerge(merge), constraints, Set.of(Caps.MERGE));
  }

  @Override
  public String toString() {
    return "merge of " + inputs.size();
  }
}
