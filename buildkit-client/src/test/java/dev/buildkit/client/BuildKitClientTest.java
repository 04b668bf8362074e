/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.progress.ProgressListener;
import dev.buildkit.client.progress.SolveStatus;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.source.ResolverOptions;
import dev.buildkit.client.source.SourceMetadataRequest;
import dev.buildkit.llb.ImageSource;
import dev.buildkit.llb.State;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class BuildKitClientTest {
  private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

  private LoopbackDaemon daemon;

  @BeforeEach
  void startDaemon() throws IOException {
    daemon = new LoopbackDaemon(0);
  }

  @AfterEach
  void endDaemon() {
    daemon.close();
  }

  @Test
  void aThreadOfTheClientMustNotCloseIt() throws Exception {
    try (BuildKitClient client = daemon.client().build()) {
      CountDownLatch chained = new CountDownLatch(1);
      SolveRequest request = SolveRequest.definition(hello().marshal())
          .progress(whenCompleted(() -> awaitQuietly(chained)))
          .build();
      CompletableFuture<Throwable> refusal =
          client.solveAsync(request).handle((result, failure) -> closeFailure(client));
      chained.countDown();

      assertThat(refusal.get())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("close it from another thread");
      assertThat(client.info().version()).as("still open").isEqualTo("v9");
    }
  }

  @Test
  void aClosedClientSaysSo() throws Exception {
    BuildKitClient client = daemon.client().build();
    client.close();

    assertThatIllegalStateException()
        .isThrownBy(client::info)
        .withMessage("ask about the daemon of " + client.address() + ": this client is closed");
  }

  @Test
  void limitsMayBeLongerThanAnyClockGoes() throws Exception {
    try (BuildKitClient client = daemon
        .client()
        .connectTimeout(FOREVER)
        .waitUntilReady(FOREVER)
        .sessionHealthTimeout(FOREVER)
        .build()) {
      assertThat(client.info().version()).isEqualTo("v9");
      SolveRequest request =
          SolveRequest.definition(hello().marshal()).timeout(FOREVER).build();

      assertThatThrownBy(() -> client.solve(request)).isInstanceOf(BuildKitException.class);
      assertThatThrownBy(
              () -> client.resolveSourceMetadata(SourceMetadataRequest.of(ImageSource.of("busybox"))
                  .options(ResolverOptions.none().timeout(FOREVER))))
          .isInstanceOf(BuildKitException.class);
    }
  }

  private static ProgressListener whenCompleted(Runnable task) {
    return new ProgressListener() {
      @Override
      public void update(SolveStatus status) {}

      @Override
      public void completed() {
        task.run();
      }
    };
  }

  private static State hello() {
    return State.image("busybox");
  }

  private static Throwable closeFailure(BuildKitClient client) {
    try {
      client.close();
      return new AssertionError("it has closed");
    } catch (IllegalStateException e) {
      return e;
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
