/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.progress.ProgressPrinter;
import dev.buildkit.client.solve.SolveRequest;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People read of a build from Java what they would read of one by {@code buildctl}. */
@IntegrationTest
@Requires(Capability.BUILDCTL)
class PlainProgressIT {
  private static final String STEPS = """
      FROM alpine
      RUN echo one && echo two
      COPY . /context
      RUN echo three
      """;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @TempDir
  private Path context;

  @TempDir
  private Path out;

  @BeforeEach
  void fillContext() throws Exception {
    Files.writeString(context.resolve("hello.txt"), "hello");
  }

  @Test
  void aBuildPrintsTheLinesOfBuildctl(BuildKitClient client) throws Exception {
    pullTheBaseImage();
    client.solve(request(STEPS).export(Exporter.oci(out.resolve("ours.tar"))).build());
    Command.Output theirs = buildctl(
            STEPS, "--output", "type=oci,dest=" + out.resolve("theirs.tar"))
        .orFail();

    assertThat(lines(printed.toString(UTF_8)))
        .contains("[2/4] RUN echo one && echo two", "T one", "exporting to oci image format")
        .containsExactlyInAnyOrderElementsOf(lines(theirs.err()));
  }

  @Test
  void aFailingBuildEndsWithTheOutputOfTheFailedStep(BuildKitClient client) throws Exception {
    pullTheBaseImage();
    String failing = STEPS + "RUN echo last words; exit 3\n";
    assertThatThrownBy(() -> client.solve(request(failing).build()))
        .isInstanceOf(SolveException.class);
    Command.Output theirs = buildctl(failing);

    assertThat(theirs.exitCode()).isNotZero();
    assertThat(lines(printed.toString(UTF_8)))
        .contains(
            "ERROR: process \"/bin/sh -c echo last words; exit 3\" did not complete successfully: exit code: 3")
        .contains("------", " > [5/5] RUN echo last words; exit 3:", "T last words");
    // Where buildctl goes on with the Dockerfile, Java has an exception.
    assertThat(lines(theirs.err())).containsAll(lines(printed.toString(UTF_8)));
  }

  /** Who pulls it prints more than who finds it. */
  private void pullTheBaseImage() throws Exception {
    buildctl(STEPS).orFail();
  }

  private SolveRequest.Builder request(String dockerfile) {
    return Builds.dockerfile(dockerfile, context)
        .frontendAttr("no-cache", "")
        .progress(ProgressPrinter.plain(printed));
  }

  private Command.Output buildctl(String dockerfile, String... more) throws Exception {
    return Builds.buildctl(
        dockerfile,
        context,
        out,
        Stream.concat(Stream.of("--no-cache", "--progress=plain"), Stream.of(more))
            .toArray(String[]::new));
  }

  /**
   * Returns the lines without numbers, times, sizes and digests, and of each activity only the end:
   * how often one is reported, and whether one step interrupts another, depends on the time.
   */
  private static Set<String> lines(String text) {
    Set<String> lines = new LinkedHashSet<>();
    text.lines()
        // Whether a token is fetched depends on the registry and on what the daemon still knows.
        .filter(line -> !line.contains("[auth]"))
        .filter(line -> !Builds.isOfBaseImage(line))
        .filter(line -> !line.endsWith(" ..."))
        .map(line -> line.replaceFirst("^#[0-9]+ ", "")
            .replaceFirst("^[0-9]+\\.[0-9]+ ", "T ")
            .replaceFirst(" [0-9.]+s( done)?$", "$1")
            .replaceAll("[0-9.]+[kMG]?B", "SIZE")
            .replaceAll("sha256:[0-9a-f]{64}", "DIGEST"))
        .forEach(lines::add);
    Set<String> ends = Set.copyOf(lines);
    lines.removeIf(
        line -> ends.stream().anyMatch(end -> end.startsWith(line + " ") && end.endsWith(" done")));
    return lines;
  }
}
