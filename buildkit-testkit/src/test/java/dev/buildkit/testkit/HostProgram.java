/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import dev.buildkit.client.file.MemoryFileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program of this machine, for steps whose image lacks it. */
final class HostProgram {
  private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");

  private HostProgram() {}

  /** Returns a tree with the program, its libraries and their loader, at the places that they have here. */
  static MemoryFileTree tree(String program) throws IOException {
    MemoryFileTree tree = add(MemoryFileTree.empty(), program);
    Matcher libraries = LIBRARY.matcher(Command.run("ldd", program).orFail().out());
    while (libraries.find()) {
      tree = add(tree, libraries.group(1));
    }
    return tree;
  }

  private static MemoryFileTree add(MemoryFileTree tree, String path) throws IOException {
    return tree.addFile(path.substring(1), Files.readAllBytes(Path.of(path)), 0755);
  }
}
