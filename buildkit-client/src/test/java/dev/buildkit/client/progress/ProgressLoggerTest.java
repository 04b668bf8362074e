/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static dev.buildkit.client.progress.Reports.completed;
import static dev.buildkit.client.progress.Reports.failed;
import static dev.buildkit.client.progress.Reports.logged;
import static dev.buildkit.client.progress.Reports.started;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.client.error.LineRange;
import dev.buildkit.client.error.SourceLocation;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProgressLoggerTest {
  private static final String LEVEL = "org.slf4j.simpleLogger.log.test.progress";

  private final PrintStream err = System.err;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    System.setErr(new PrintStream(written, true, UTF_8));
    System.setProperty(LEVEL + ".debug", "debug");
  }

  @AfterEach
  void release() {
    System.setErr(err);
    System.clearProperty(LEVEL + ".debug");
  }

  @Test
  void stepsAndTheirEndsAreLogged() {
    follow(
        ProgressLogger.of("test.progress.info"),
        started("a", 0),
        completed("a", 0, 1_200),
        completed("a", 0, 1_200),
        logged("b", 0, "not shown\n"),
        failed("b", 0, 100, "exit code: 1"),
        failed("c", 0, 100, "context canceled"));

    assertThat(written())
        .containsExactly(
            "INFO step a",
            "INFO step a: DONE 1.2s",
            "ERROR step b: ERROR: exit code: 1",
            "INFO step c: CANCELED");
  }

  @Test
  void outputIsLoggedByLineWithoutControlCharacters() {
    follow(
        ProgressLogger.of("test.progress.debug"),
        started("a", 0),
        logged("a", 1, "one\ntw"),
        logged("a", 2, "o\r\n\u001b[31m10%\r20%\u001b[0m\n\tlast"),
        completed("a", 0, 1_000));

    assertThat(written())
        .containsExactly(
            "INFO step a",
            "DEBUG step a: one",
            "DEBUG step a: two",
            "DEBUG step a: 20%",
            "DEBUG step a: \tlast",
            "INFO step a: DONE 1.0s");
  }

  @Test
  void outputMayBeLoggedAtInfo() {
    follow(
        ProgressLogger.of("test.progress.info").outputAtInfo(),
        started("a", 0),
        logged("a", 1, "x".repeat(16_001)));

    assertThat(written())
        .containsExactly("INFO step a", "INFO step a: " + "x".repeat(16_000), "INFO step a: x");
  }

  @Test
  void warningsComeWithTheirLines() {
    SourceLocation source = new SourceLocation(
        "Dockerfile", "Dockerfile", "FROM a as b\n", List.of(new LineRange(1, 1)));
    VertexWarning warning =
        new VertexWarning("a", 1, "casing", List.of(), Optional.empty(), Optional.of(source));
    follow(
        ProgressLogger.of("test.progress.info"),
        started("a", 0),
        new SolveStatus(List.of(), List.of(), List.of(), List.of(warning)));

    assertThat(written())
        .containsExactly(
            "INFO step a",
            "WARN step a: casing",
            "Dockerfile:1",
            "--------------------",
            "   1 | >>> FROM a as b",
            "--------------------");
  }

  private static void follow(ProgressLogger logger, SolveStatus... reports) {
    for (SolveStatus report : reports) {
      logger.update(report);
    }
    logger.completed();
  }

  private List<String> written() {
    return written
        .toString(UTF_8)
        .lines()
        .map(line -> line.replaceFirst("^\\[.*?] (\\w+) test\\.progress\\.\\w+ - ", "$1 "))
        .toList();
  }
}
