/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import dev.buildkit.api.OpsProto.BuildInput;
import dev.buildkit.api.OpsProto.BuildOp;
import dev.buildkit.api.OpsProto.Op;
import java.util.List;
import java.util.Set;

/** A definition that is read from a file and solved. */
final class BuildVertex implements Vertex {
  /** The builder that solves definitions, which is no input. */
  private static final int LLB_BUILDER = -1;

  private final Output definition;
  private final String filename;
  private final Constraints constraints;

  /**
   * Creates the operation.
   *
   * @param filename is that of the definition; empty for BuildKit's default
   */
  BuildVertex(Output definition, String filename, Constraints constraints) {
    this.definition = definition;
    this.filename = filename;
    this.constraints = constraints;
  }

  @Override
  public List<Output> inputs() {
    return List.of(definition);
  }

  @Override
  public Operation marshal(MarshalContext context) {
    Op.Builder op = Op.newBuilder().setPlatform(context.platform(constraints));
    int input = context.addInput(definition, op);
    BuildOp.Builder build = BuildOp.newBuilder()
        .setBuilder(LLB_BUILDER)
        .putInputs(
            "buildkit.llb.definition", BuildInput.newBuilder().setInput(input).build());
    if (!filename.isEmpty()) {
      build.putAttrs("llbbuild.filename", filename);
    }
    return context.operation(op.setBuild(build), constraints, Set.of(Caps.BUILD));
  }

  @Override
  public String toString() {
    return "nested build";
  }
}
