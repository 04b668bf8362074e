/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.SolveResult;
import dev.buildkit.client.transport.Transport;
import dev.buildkit.llb.CacheSharingMode;
import dev.buildkit.llb.Definition;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.Mount;
import dev.buildkit.llb.State;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A solve that is given up while a command runs ends on the daemon as well. */
@IntegrationTest
class CancelIT {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final String unique = UUID.randomUUID().toString();

  /** One command at a time has it, so that the next one shows that the last is gone. */
  private final Mount lock = Mount.cache("/lock", unique, CacheSharingMode.LOCKED);

  private final CountDownLatch started = new CountDownLatch(1);

  @Test
  void aCancelledFutureEndsTheCommand(BuildKitClient client) throws Exception {
    CompletableFuture<SolveResult> solve =
        client.solveAsync(endless(started::countDown).build());
    started.await();

    solve.cancel(true);

    assertThat(solve).isCancelled();
    assertLockIsFree(client);
  }

  @Test
  void anInterruptedSolveEndsTheCommand(BuildKitClient client) throws Exception {
    Thread caller = Thread.currentThread();
    SolveRequest request = endless(caller::interrupt).build();

    assertThatThrownBy(() -> client.solve(request)).isInstanceOf(InterruptedException.class);

    assertThat(caller.isInterrupted()).isFalse();
    assertLockIsFree(client);
  }

  @Test
  void aTimeLimitEndsTheCommand(BuildKitClient client) throws Exception {
    // What is left to do within the limit is to start the command: the image is there.
    assertLockIsFree(client);
    SolveRequest request =
        endless(started::countDown).timeout(Duration.ofSeconds(20)).build();

    assertThatThrownBy(() -> client.solve(request))
        .isInstanceOfSatisfying(
            BuildKitException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.TIMED_OUT));

    assertThat(started.getCount()).as("the command has not started in time").isZero();
    assertLockIsFree(client);
  }

  @Test
  void aClosedClientEndsTheCommand(BuildKitClient client, Transport transport) throws Exception {
    CompletableFuture<SolveResult> solve;
    try (BuildKitClient other = Daemon.connect(transport)) {
      solve = other.solveAsync(endless(started::countDown).build());
      started.await();
    }

    assertThat(solve).isCompletedExceptionally();
    assertLockIsFree(client);
  }

  /** Returns a solve that does not end by itself, and tells when its command runs. */
  private SolveRequest.Builder endless(Runnable whenItRuns) {
    AtomicBoolean told = new AtomicBoolean();
    return SolveRequest.definition(locked("echo started; sleep 300")).progress(status -> {
      if (!status.logs().isEmpty() && told.compareAndSet(false, true)) {
        whenItRuns.run();
      }
    });
  }

  private void assertLockIsFree(BuildKitClient client) throws Exception {
    SolveRequest next = SolveRequest.definition(locked("true")).build();
    assertThat(client.solveAsync(next)).succeedsWithin(LIMIT);
  }

  private Definition locked(String commandLine) {
    // The variable keeps the daemon from finding the result of an earlier run, which takes no lock.
    Exec command = Exec.shell(commandLine).addEnv("UNIQUE", unique).addMount(lock);
    return State.image("busybox").run(command).marshal();
  }
}
