/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static dev.buildkit.client.progress.Reports.completed;
import static dev.buildkit.client.progress.Reports.failed;
import static dev.buildkit.client.progress.Reports.logged;
import static dev.buildkit.client.progress.Reports.started;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

import dev.buildkit.client.error.LineRange;
import dev.buildkit.client.error.SourceLocation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProgressPrinterTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ProgressPrinter printer = ProgressPrinter.plain(out);

  @Test
  void firstReportIsWrittenAtOnce() {
    printer.update(started("a", 0));

    assertThat(text()).isEqualTo("#1 step a\n");
    printer.completed();
  }

  @Test
  void reportsInQuickSuccessionAreWrittenTogetherSoonAfterwards() {
    printer.update(started("a", 0));
    printer.update(logged("a", 50, "hello\n"));

    await().untilAsserted(() -> assertThat(text()).isEqualTo("#1 step a\n#1 0.050 hello\n"));
    printer.completed();
  }

  @Test
  void completionWritesTheRestAndTheLastOutputOfFailedSteps() {
    printer.update(started("a", 0));
    printer.update(logged("a", 50, "hello\n"));
    printer.update(failed("a", 0, 100, "exit code: 1"));
    printer.completed();

    assertThat(text()).isEqualTo("""
            #1 step a
            #1 0.050 hello
            #1 ERROR: exit code: 1
            ------
             > step a:
            0.050 hello
            ------
            """);
  }

  @Test
  void canceledStepsAreNotRepeatedAtTheEnd() {
    printer.update(started("a", 0));
    printer.update(failed("a", 0, 100, "wait: context canceled"));
    printer.completed();

    assertThat(text()).isEqualTo("#1 step a\n#1 CANCELED\n");
  }

  @Test
  void nextSolveIsNumberedAnew() {
    printer.update(completed("a", 0, 100));
    printer.completed();
    printer.update(completed("b", 0, 200));
    printer.completed();

    assertThat(text()).isEqualTo("#1 step a\n#1 DONE 0.1s\n#1 step b\n#1 DONE 0.2s\n");
  }

  @Test
  void completionWithoutReportsWritesNothing() {
    printer.completed();

    assertThat(text()).isEmpty();
  }

  @Test
  void noThreadIsLeftBehind() {
    Set<String> writers = ConcurrentHashMap.newKeySet();
    ProgressPrinter watched = ProgressPrinter.plain(new StringWriter() {
      @Override
      public void flush() {
        writers.add(Thread.currentThread().getName());
      }
    });
    watched.update(started("a", 0));
    await().pollInterval(Duration.ofMillis(300)).until(() -> {
      watched.update(logged("a", 50, "drawn at once\n"));
      watched.update(logged("a", 51, "left to the thread\n"));
      return writers.contains("buildkit-progress");
    });
    watched.completed();

    assertThat(printerThreads()).isZero();
  }

  @Test
  void threadEndsOnItsOwnWhenAllIsWritten() {
    printer.update(started("a", 0));
    printer.update(logged("a", 50, "hello\n"));

    await().until(() -> printerThreads() == 0);
    assertThat(text()).endsWith("hello\n");
    printer.completed();
  }

  @Test
  void interruptOfTheCallerIsKeptWhileTheThreadEnds() {
    printer.update(started("a", 0));
    printer.update(logged("a", 50, "hello\n"));
    Thread.currentThread().interrupt();
    printer.completed();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(printerThreads()).isZero();
  }

  @Test
  void failingDestinationIsLeftAloneUntilTheNextSolve() {
    AtomicInteger writes = new AtomicInteger();
    ProgressPrinter failing = ProgressPrinter.plain(new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        writes.incrementAndGet();
        throw new IOException("disk full");
      }
    });
    failing.update(completed("a", 0, 100));
    failing.update(completed("b", 0, 100));
    failing.completed();
    assertThat(writes).hasValue(1);

    failing.update(completed("a", 0, 100));
    failing.completed();
    assertThat(writes).hasValue(2);
  }

  @Test
  void uncheckedExceptionOfDestinationIsCaughtAsWell() {
    Writer broken = new StringWriter() {
      @Override
      public void flush() {
        throw new IllegalStateException("closed");
      }
    };
    ProgressPrinter failing = ProgressPrinter.plain(broken);

    failing.update(completed("a", 0, 100));
    failing.completed();

    assertThat(broken.toString()).isEqualTo("#1 step a\n#1 DONE 0.1s\n");
  }

  @Test
  void streamGetsOutputByteForByte() {
    byte[] latin1 = {'n', (byte) 0xe4, '\n'};
    printer.update(started("a", 0));
    printer.update(logged("a", 1, latin1));
    printer.completed();

    assertThat(out.toByteArray()).contains(latin1);
  }

  @Test
  void writerGetsCharactersThatComeInPieces() throws InterruptedException {
    CountDownLatch halfWritten = new CountDownLatch(1);
    StringWriter writer = new StringWriter() {
      @Override
      public void flush() {
        if (toString().contains("n")) {
          halfWritten.countDown();
        }
      }
    };
    ProgressPrinter texts = ProgressPrinter.plain(writer);
    texts.update(started("a", 0));
    texts.update(logged("a", 1, new byte[] {'n', (byte) 0xc3}));
    halfWritten.await();
    texts.update(logged("a", 2, new byte[] {(byte) 0xa4, (byte) 0xff, '\n'}));
    texts.completed();

    assertThat(writer.toString()).isEqualTo("#1 step a\n#1 0.001 nä\ufffd\n");
  }

  @Test
  void terminalIsDrawnWhileNothingIsReported() {
    ProgressPrinter terminal = ProgressPrinter.terminal(out, () -> new TerminalSize(80, 24));
    terminal.update(started("a", 0));

    await().until(() -> text().split("Building", -1).length > 3);
    terminal.completed();
    assertThat(text()).endsWith("\u001b[?25h");
    assertThat(printerThreads()).isZero();
  }

  @Test
  void terminalThatIsGoneIsDrawnNoMore() {
    AtomicInteger asked = new AtomicInteger();
    ProgressPrinter gone = ProgressPrinter.terminal(out, () -> {
      if (asked.incrementAndGet() > 1) {
        throw new IllegalStateException("no terminal");
      }
      return new TerminalSize(80, 24);
    });
    gone.update(started("a", 0));
    gone.update(completed("a", 0, 100));
    gone.completed();

    assertThat(out.size()).isZero();
    assertThat(asked).hasValue(2);
    assertThat(printerThreads()).isZero();
  }

  @Test
  void quietPrinterHasNoThread() {
    ProgressPrinter quiet = ProgressPrinter.quiet();
    quiet.update(started("a", 0));

    assertThat(printerThreads()).isZero();
    quiet.completed();
  }

  @Test
  void warningsMayBeExplainedAtTheEnd() {
    SourceLocation source = new SourceLocation(
        "Dockerfile", "Dockerfile", "FROM a as b\n", List.of(new LineRange(1, 1)));
    VertexWarning warning = new VertexWarning(
        "a",
        1,
        "casing",
        List.of("should match"),
        Optional.of("https://example.com"),
        Optional.of(source));
    ProgressPrinter explaining = printer.explainWarnings();
    explaining.update(started("a", 0));
    explaining.update(new SolveStatus(List.of(), List.of(), List.of(), List.of(warning)));
    explaining.update(completed("a", 0, 100));
    explaining.completed();

    assertThat(text()).isEqualTo("""
        #1 step a
        #1 WARN: casing
        #1 DONE 0.1s

         1 warning found:
         - casing
        should match
        More info: https://example.com
        Dockerfile:1
        --------------------
           1 | >>> FROM a as b
        --------------------

        """);
  }

  @Test
  void destinationIsNotClosed() {
    ProgressPrinter closing = ProgressPrinter.plain(new ByteArrayOutputStream() {
      @Override
      public void close() {
        throw new AssertionError("closed");
      }
    });
    closing.update(completed("a", 0, 100));
    closing.completed();
  }

  @Test
  @SuppressWarnings("NullAway") // callers outside may pass it
  void nullIsRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> ProgressPrinter.plain((OutputStream) null))
        .withMessage("out");
    assertThatNullPointerException()
        .isThrownBy(() -> ProgressPrinter.plain((Writer) null))
        .withMessage("out");
    assertThatNullPointerException().isThrownBy(() -> printer.update(null)).withMessage("status");
  }

  private String text() {
    return out.toString(UTF_8);
  }

  private static long printerThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("buildkit-progress"))
        .count();
  }
}
