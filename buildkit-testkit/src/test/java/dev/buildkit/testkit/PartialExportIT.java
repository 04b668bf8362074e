/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.export.LocalExporter;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.llb.Definition;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.State;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One directory of a result is exported, or nothing where the daemon would export everything. */
@IntegrationTest
class PartialExportIT {
  private static final Definition RESULT = State.scratch()
      .file(
          FileAction.mkfile("/secret", 0600, "not for export"),
          FileAction.mkdir("/build/out/sub", 0755).parents(),
          FileAction.mkfile("/build/out/sub/file", 0644, "text"),
          FileAction.symlink("/build/out", "/link"))
      .marshal();

  @TempDir
  private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"/build/out", "build/out", "/link", "/../build/./out/"})
  @Requires({Capability.PARTIAL_EXPORT, Capability.SEVERAL_EXPORTERS})
  void itsContentIsAtTheRoot(String src, BuildKitClient client) throws Exception {
    Path files = directory.resolve("files");
    Path archive = directory.resolve("files.tar");

    client.solve(SolveRequest.definition(RESULT)
        .export(Exporter.local(files).src(src))
        .export(Exporter.tar(archive).src(src))
        .build());

    assertThat(files).isDirectoryRecursivelyContaining("glob:**/sub/file");
    assertThat(files.toFile().list()).containsExactly("sub");
    assertThat(Command.run("tar", "-tf", archive.toString()).out().lines())
        .containsExactlyInAnyOrder("sub/", "sub/file");
  }

  @ParameterizedTest
  @CsvSource({"/nothing, no such file or directory", "/secret, not a directory"})
  @Requires(Capability.PARTIAL_EXPORT)
  void theDirectoryMustBeThere(String src, String problem, BuildKitClient client) {
    assertThatThrownBy(() -> client.solve(SolveRequest.definition(RESULT)
            .export(Exporter.local(directory.resolve("files")).src(src))
            .build()))
        .isInstanceOf(SolveException.class)
        .hasMessageContaining("src=" + src + ": " + problem);
    assertThat(directory.resolve("files")).doesNotExist();
  }

  /** An older daemon would delete the file and export the secret. */
  @Test
  void nothingElseIsEverExported(BuildKitClient client) throws Exception {
    Path before = Files.writeString(directory.resolve("mine"), "from before");
    SolveRequest request = SolveRequest.definition(RESULT)
        .export(Exporter.local(directory).src("/build/out").mode(LocalExporter.Mode.DELETE))
        .build();

    try {
      client.solve(request);
      assertThat(directory.toFile().list()).containsExactly("sub");
    } catch (BuildKitException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED);
      assertThat(e)
          .hasMessageContaining("exports whole results and would ignore src=/build/out")
          .hasMessageContaining("BuildKit 0.34");
      assertThat(before).hasContent("from before");
      assertThat(directory.toFile().list()).containsExactly("mine");
    }
  }
}
