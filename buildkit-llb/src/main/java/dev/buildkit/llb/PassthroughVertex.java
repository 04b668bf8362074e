/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import dev.buildkit.api.OpsProto.Op;
import dev.buildkit.api.OpsProto.PassthroughOp;
import java.util.List;
import java.util.Set;

/** File systems that become available together: each waits for all. */
final class PassthroughVertex implements Vertex {
  private final String id;
  private final List<Output> inputs;
  private final List<Integer> outputs;

  /**
   * Creates the operation.
   *
   * @param outputs are the indexes of those inputs that are passed on
   */
  PassthroughVertex(String id, List<Output> inputs, List<Integer> outputs) {
    this.id = id;
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
  }

  @Override
  public List<Output> inputs() {
    return inputs;
  }

  @Override
  public Operation marshal(MarshalContext context) {
    Op.Builder op = Op.newBuilder();
    inputs.forEach(input -> context.addInput(input, op));
    PassthroughOp.Builder passthrough = PassthroughOp.newBuilder().setId(id);
    outputs.forEach(passthrough::addOutputs);
    return context.operation(
        op.setPassthrough(passthrough), Constraints.none(), Set.of(Caps.PASSTHROUGH));
  }

  @Override
  public String toString() {
    return "passthrough " + id;
  }
}
