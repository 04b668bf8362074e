/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.progress.ProgressListener;
import dev.buildkit.client.progress.ProgressPrinter;
import dev.buildkit.client.progress.TerminalSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who builds from Java sees on a terminal what {@code buildctl} would show. */
@IntegrationTest
@Requires(Capability.BUILDCTL)
class TerminalProgressIT {
  private static final String STEPS = """
      FROM busybox AS one
      RUN echo one; echo 1 > /one
      FROM busybox AS two
      COPY . /context
      RUN for i in $(seq 40); do echo "two $i"; done; echo 2 > /two
      FROM scratch
      COPY --from=one /one /
      COPY --from=two /two /
      """;

  @TempDir
  private Path context;

  @TempDir
  private Path dockerfile;

  @ParameterizedTest
  @CsvSource({"100, 30", "60, 12"})
  void theLastScreenIsThatOfBuildctl(int columns, int rows) throws Exception {
    Terminal terminal = new Terminal(columns, rows);
    pullTheBaseImage(terminal);

    String ours = terminal.run(PrintedBuild.class, ours("auto", STEPS));
    String theirs = terminal.run(theirs(STEPS));

    assertThat(Terminal.showsCursor(ours)).isTrue();
    assertThat(masked(ours))
        .first()
        .asString()
        .matches("\\[\\+] Building T \\(\\d+/\\d+\\) FINISHED");
    assertThat(masked(ours))
        .contains(" => [one 2/2] RUN echo one; echo 1 > /one T")
        .containsExactlyInAnyOrderElementsOf(masked(theirs));
  }

  @Test
  void theOutputOfAFailedStepStaysOnTheScreen() throws Exception {
    Terminal terminal = new Terminal(100, 30);
    pullTheBaseImage(terminal);
    String failing = "FROM busybox\nRUN seq 30; echo last words; exit 3\n";

    List<String> ours = masked(terminal.run(PrintedBuild.class, ours("tty", failing)));
    List<String> theirs = masked(terminal.run(theirs(failing)));

    assertThat(ours)
        .contains(" => ERROR [2/2] RUN seq 30; echo last words; exit 3 T")
        .contains("------", " > [2/2] RUN seq 30; echo last words; exit 3:", "T 1", "T last words");
    // Where buildctl goes on with the Dockerfile, Java has an exception.
    assertThat(theirs).containsAll(ours);
  }

  @Test
  void whatIsNoTerminalGetsNoCommands() throws Exception {
    Path file = dockerfile.resolve("err");
    List<String> words = new Terminal(100, 30)
        .run(PrintedBuild.class, ours("auto", STEPS), file)
        .lines()
        .toList();

    assertThat(words).isEmpty();
    assertThat(Files.readString(file))
        .contains("RUN echo one; echo 1 > /one")
        .matches(text -> !Terminal.hasCommands(text), "has no commands to a terminal");
  }

  @Test
  void anInterruptedSolveLeavesTheTerminalAsItWas(BuildKitClient client) throws Exception {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    Thread caller = Thread.currentThread();
    AtomicBoolean interrupted = new AtomicBoolean();
    ProgressListener interrupt = status -> {
      if (!status.logs().isEmpty() && interrupted.compareAndSet(false, true)) {
        caller.interrupt();
      }
    };

    assertThatThrownBy(() -> client.solve(Builds.dockerfile(
                "FROM busybox\nRUN echo started; while :; do sleep 1; done\n", context)
            .frontendAttr("no-cache", "")
            .progress(ProgressListener.all(terminal(written), interrupt))
            .build()))
        .isInstanceOf(InterruptedException.class);

    String text = written.toString(StandardCharsets.UTF_8);
    assertThat(Terminal.showsCursor(text)).isTrue();
    assertThat(text).endsWith("\u001b[?25h");
  }

  @Test
  void aTerminalThatIsGoneDoesNotStopTheBuild(BuildKitClient client) throws Exception {
    OutputStream gone = new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException("Broken pipe");
      }
    };

    assertThat(client.solve(
            Builds.dockerfile(STEPS, context).progress(terminal(gone)).build()))
        .isNotNull();
  }

  /** Who pulls it shows more than who finds it. */
  private void pullTheBaseImage(Terminal terminal) throws IOException {
    var unused = terminal.run(theirs(STEPS));
  }

  private static ProgressPrinter terminal(OutputStream out) {
    return ProgressPrinter.terminal(out, () -> new TerminalSize(100, 30));
  }

  private List<String> ours(String mode, String text) throws IOException {
    Path file = Files.writeString(dockerfile.resolve("Dockerfile"), text);
    return List.of(Buildctl.ofSharedDaemon().address(), mode, context.toString(), file.toString());
  }

  private List<String> theirs(String text) throws IOException {
    Files.writeString(dockerfile.resolve("Dockerfile"), text);
    return Buildctl.ofSharedDaemon()
        .words(
            "build",
            "--progress=tty",
            "--no-cache",
            "--frontend=dockerfile.v0",
            "--local=context=" + context,
            "--local=dockerfile=" + dockerfile);
  }

  /** Hides times and sizes, and what depends on what the daemon has done before. */
  private static List<String> masked(String written) {
    return Terminal.lastDrawing(written).stream()
        .filter(line -> !line.contains("[auth]"))
        .filter(line -> !Builds.isOfBaseImage(line))
        .map(line -> line.replaceFirst("Building [0-9.]+s", "Building T")
            .replaceFirst(" +[0-9.]+s$", " T")
            .replaceFirst("^[0-9]+\\.[0-9]+ ", "T ")
            .replaceAll("[0-9.]+[kMG]?B", "SIZE"))
        .toList();
  }
}
