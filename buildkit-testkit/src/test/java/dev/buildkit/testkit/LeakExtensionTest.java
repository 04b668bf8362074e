/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

class LeakExtensionTest {
  private static final Leftovers LEFTOVERS = new Leftovers();

  @AfterEach
  void removeWhatTheFixturesLeft() throws Exception {
    LEFTOVERS.remove();
  }

  @Test
  void aTestThatLeavesNothingPasses() {
    assertThat(failures(LeavesNothing.class)).isEmpty();
  }

  @Test
  void aTestThatLeavesAThreadFails() {
    assertThat(failures(LeavesThread.class).get("leaves()"))
        .startsWith("left behind, and not gone after 50 ms:\n  thread buildkit-left\n      at ")
        .contains("CountDownLatch.await(");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aTestThatLeavesASocketOpenFails() {
    assertThat(failures(LeavesSocket.class).get("leaves()"))
        .matches("left behind, and not gone after 50 ms:\n  open file [0-9]+: socket:\\[[0-9]+]");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aTestThatLeavesAFileOpenFails() {
    assertThat(failures(LeavesOpenFile.class).get("leaves(Path)"))
        .containsPattern("\n  open file [0-9]+: /.*/data \\(deleted\\)$");
  }

  @Test
  void aTestThatLeavesATemporaryFileFails() {
    assertThat(failures(LeavesTemporaryFile.class).get("leaves(Path)"))
        .containsPattern("\n  temporary file .*[/\\\\]out[/\\\\]\\.buildkit-image\\.tar$");
  }

  @Test
  void whatGoesInTimeIsNoLeak() {
    assertThat(failures(LeavesThreadForAWhile.class)).isEmpty();
  }

  @Test
  void theNextTestIsNotBlamedNorIsTheClass() {
    assertThat(failures(LeavesThreadInTheFirstTest.class)).hasSize(1);
  }

  @Test
  void aClassThatLeavesSomethingBeyondItsTestsFails() {
    assertThat(failures(LeavesThreadBeforeItsTests.class))
        .containsOnlyKeys("LeakExtensionTest$LeavesThreadBeforeItsTests");
  }

  @Test
  void patienceMustNotBeNegative() {
    assertThatThrownBy(() -> LeakExtension.create().patience(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("patience must not be negative, but was: PT-0.001S");
  }

  /** Runs the tests and returns the messages of what failed, by display name. */
  private static Map<String, String> failures(Class<?> tests) {
    Map<String, String> failures = new LinkedHashMap<>();
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(tests))
        .execute()
        .allEvents()
        .failed()
        .stream()
        .forEach(event -> failures.put(
            event.getTestDescriptor().getDisplayName(),
            event
                .getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow()
                .getMessage()));
    return failures;
  }

  private abstract static class Impatient {
    @RegisterExtension
    static final LeakExtension leaks = LeakExtension.create().patience(Duration.ofMillis(50));
  }

  static class LeavesNothing extends Impatient {
    @Test
    void leaves(@TempDir Path directory) throws Exception {
      Path file = Files.createFile(directory.resolve(".buildkit-gone"));
      Leftovers removed = new Leftovers();
      removed.thread("buildkit-gone");
      removed.add(Files.newInputStream(file));
      removed.add(new ServerSocket(0));
      removed.add(() -> Files.delete(file));
      removed.remove();
      LEFTOVERS.thread("of-somebody-else");
    }
  }

  static class LeavesThread extends Impatient {
    @Test
    void leaves() {
      LEFTOVERS.thread("buildkit-left");
    }
  }

  static class LeavesSocket extends Impatient {
    @Test
    void leaves() throws IOException {
      LEFTOVERS.add(new ServerSocket(0));
    }
  }

  static class LeavesOpenFile extends Impatient {
    @Test
    void leaves(@TempDir Path directory) throws IOException {
      LEFTOVERS.add(Files.newInputStream(Files.createFile(directory.resolve("data"))));
    }
  }

  static class LeavesTemporaryFile extends Impatient {
    @Test
    void leaves(@TempDir Path directory) throws IOException {
      Path out = Files.createDirectory(directory.resolve("out"));
      Files.createFile(out.resolve(".buildkit-image.tar"));
    }
  }

  static class LeavesThreadForAWhile {
    @RegisterExtension
    static final LeakExtension leaks = LeakExtension.create();

    @Test
    void leaves() {
      CountDownLatch end = LEFTOVERS.thread("buildkit-late");
      CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS).execute(end::countDown);
    }
  }

  static class LeavesThreadInTheFirstTest extends Impatient {
    private static boolean left;

    @Test
    void one() {
      leaveOnce();
    }

    @Test
    void other() {
      leaveOnce();
    }

    private static void leaveOnce() {
      if (!left) {
        left = true;
        LEFTOVERS.thread("buildkit-left");
      }
    }
  }

  static class LeavesThreadBeforeItsTests extends Impatient {
    @BeforeAll
    static void leave() {
      LEFTOVERS.thread("buildkit-left");
    }

    @Test
    void leavesNothing() {
      assertThat(Thread.getAllStackTraces().keySet())
          .extracting(Thread::getName)
          .contains("buildkit-left");
    }
  }
}
