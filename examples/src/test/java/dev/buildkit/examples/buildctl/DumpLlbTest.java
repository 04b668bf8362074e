/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.State;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpLlbTest {
  private static final byte[] GRAPH = State.scratch()
      .file(FileAction.mkdir("/a", 0755), FileAction.symlink("/a", "/b"))
      .marshal()
      .toByteArray();

  @TempDir
  private Path directory;

  @Test
  void showsOperationsAsJson() {
    Run run = Run.of(directory, GRAPH, "debug", "dump-llb");

    assertThat(run.code()).isZero();
    assertThat(run.out().lines())
        .hasSize(2)
        .first()
        .asString()
        .startsWith(
            "{\"Op\":{\"Op\":{\"file\":{\"actions\":[{\"input\":-1,\"secondaryInput\":-1,"
                + "\"output\":-1,\"Action\":{\"mkdir\":{\"path\":\"/a\",\"mode\":493,\"timestamp\":-1}}},")
        .contains("\"Action\":{\"symlink\":{\"oldpath\":\"/a\",\"newpath\":\"/b\"")
        .endsWith("\"OpMetadata\":{\"caps\":{\"file.base\":true}}}");
  }

  @Test
  void showsTheGraphForGraphviz() {
    Run run = Run.of(directory, GRAPH, "debug", "dump-llb", "--dot", "-");

    assertThat(run.out())
        .startsWith("digraph {\n")
        .contains("[label=\"mkdir{path=/a},symlink{oldpath=/a, newpath=/b}\" shape=\"note\"];\n")
        .containsPattern("\"sha256:\\w{64}\" -> \"sha256:\\w{64}\" \\[label=\"\"];\n")
        .endsWith("}\n");
  }

  @Test
  void tellsOfAMissingFile() {
    assertThat(Run.of(directory, "debug", "dump-llb", "nope").err())
        .isEqualTo("error: open " + directory.resolve("nope") + ": no such file or directory\n");
  }
}
