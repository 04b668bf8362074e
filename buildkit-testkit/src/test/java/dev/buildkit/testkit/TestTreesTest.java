/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TestTreesTest {
  @TempDir
  private Path root;

  @Test
  void randomFilesAreTheSameEachTime() throws IOException {
    Path one = TestTrees.randomFile(root.resolve("one"), 100_001);
    Path other = TestTrees.randomFile(root.resolve("other"), 100_001);
    assertThat(one).hasSize(100_001).hasSameBinaryContentAs(other);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void oddNamesAreMadeAsBytes() {
    TestTrees.oddNames(root);
    assertThat(shell("LC_ALL=C ls -b -- \"$1\"").out().lines())
        .containsExactly(
            "\\ blank\\ ",
            "!bang",
            "#hash",
            "*?[a]",
            "-rf",
            "back\\\\slash",
            "latin-\\344",
            "new\\nline",
            "quo\"te",
            "\\357\\274\\241.txt",
            "\\360\\237\\230\\200.txt");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void specialFilesAreOfEachKind() throws IOException {
    TestTrees.specialFiles(root);
    String areOfEachKind = """
        cd "$1"
        test -p fifo && test -S socket && test -L loop && test -L dangling &&
            ! test -e dangling && test linked -ef linked-again
        """;
    assertThat(shell(areOfEachKind).exitCode()).isZero();
  }

  private Command.Output shell(String script) {
    return Command.run("sh", "-c", script, "sh", root.toString());
  }
}
