/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import dev.buildkit.examples.buildctl.flag.FlagException;
import dev.buildkit.llb.Definition;
import dev.buildkit.llb.State;
import dev.buildkit.llb.graph.Graph;
import dev.buildkit.llb.graph.GraphPrinter;
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
    GraphPrinter printer = dot ? GraphPrinter.dot() : GraphPrinter.jsonLines();
    printer.print(parse(read()), invocation.out());
    return 0;
  }

  private static Graph parse(byte[] bytes) {
    try {
      // Go's client writes the empty file system as no bytes at all.
      return Graph.of(bytes.length == 0 ? State.scratch().marshal() : Definition.parse(bytes));
    } catch (IllegalArgumentException e) {
      throw new FlagException("failed to parse op: " + e.getMessage());
    }
  }

  private byte[] read() throws IOException {
    if (files.isEmpty() || files.get(0).isEmpty() || files.get(0).equals("-")) {
      return invocation.shell().in().readAllBytes();
    }
    return Files.readAllBytes(invocation.shell().directory().resolve(files.get(0)));
  }
}
