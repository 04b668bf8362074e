/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import dev.buildkit.llb.internal.GoJson;
import java.io.IOException;

/** One object a line, as {@code buildctl debug dump-llb} writes it. */
final class JsonLinesForm implements GraphPrinter.Form {
  @Override
  public void print(Graph graph, Appendable out) throws IOException {
    for (Operation operation : graph.operations()) {
      MessageJson json = new MessageJson(out);
      out.append("{\"Op\":");
      json.write(operation.op());
      out.append(",\"Digest\":").append(GoJson.string(operation.digest().toString()));
      out.append(",\"OpMetadata\":");
      json.write(operation.metadata());
      out.append("}\n");
    }
  }
}
