/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a marshaled graph. It needs no daemon. */
@Command(name = "dump-llb", description = "show a graph from a file or standard input")
final class DumpLlb implements Callable<Integer> {
  private final Invocation invocation;

  @Option(names = "--dot", description = "show it in the language of Graphviz")
  private boolean dot;

  @Parameters(
      paramLabel = "<llbfile>",
      arity = "0..*",
      description = "the file, or - for standard input")
  private List<String> files = new ArrayList<>();

  DumpLlb(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    List<LlbOperation> operations = LlbOperation.parse(read());
    if (dot) {
      invocation.out().print(LlbGraph.of(operations));
    } else {
      operations.forEach(operation -> invocation.out().print(operation.json() + "\n"));
    }
    return 0;
  }

  private byte[] read() throws IOException {
    if (files.isEmpty() || files.get(0).isEmpty() || files.get(0).equals("-")) {
      return invocation.shell().in().readAllBytes();
    }
    return Files.readAllBytes(invocation.shell().directory().resolve(files.get(0)));
  }
}
