/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.Subrequest;
import dev.buildkit.client.solve.SubrequestResult;
import dev.buildkit.client.transport.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A question about a build that waits for a registry can be given up in every way. */
@IntegrationTest
@Requires(Capability.SUBREQUESTS)
class AbandonedSubrequestIT {
  private SilentRegistry registry;

  @TempDir
  private Path context;

  /** A daemon that reaches the registries of this machine reaches the silent one. */
  static Stream<String> registries() {
    return Stream.ofNullable(System.getProperty("buildkit.registry"));
  }

  @BeforeEach
  void start() throws Exception {
    registry = new SilentRegistry();
  }

  @AfterEach
  void stop() throws Exception {
    registry.close();
  }

  @RegistryTest
  void aCancelledFutureEndsIt(String unused, BuildKitClient client) throws Exception {
    CompletableFuture<SubrequestResult> question =
        client.subrequestAsync(Subrequest.OUTLINE, request().build());
    registry.awaitQuestion();

    assertThat(question.cancel(true)).isTrue();

    assertThat(question).isCancelled();
  }

  @RegistryTest
  void anInterruptEndsABlockingCall(String unused, BuildKitClient client) {
    Thread caller = Thread.currentThread();
    CompletableFuture<Void> interrupt = CompletableFuture.runAsync(
        () -> {
          registry.awaitQuestionUninterrupted();
          caller.interrupt();
        },
        OwnThread.EACH);

    assertThatThrownBy(() -> client.subrequest(Subrequest.OUTLINE, request().build()))
        .isInstanceOf(InterruptedException.class);

    assertThat(caller.isInterrupted()).isFalse();
    interrupt.join();
  }

  @RegistryTest
  void aTimeLimitEndsIt(String unused, BuildKitClient client) {
    SolveRequest limited = request().timeout(Duration.ofSeconds(2)).build();

    assertThatThrownBy(() -> client.subrequest(Subrequest.OUTLINE, limited))
        .isInstanceOfSatisfying(
            BuildKitException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMED_OUT))
        .hasMessageStartingWith("failed to solve: ");
  }

  @RegistryTest
  void aClosedClientEndsIt(String unused, Transport transport) throws Exception {
    CompletableFuture<SubrequestResult> question;
    BuildKitClient client = BuildKitClient.builder(transport).build();
    try (client) {
      question = client.subrequestAsync(Subrequest.OUTLINE, request().build());
      registry.awaitQuestion();
    }

    assertThat(question.handle((answer, failure) -> failure).join())
        .isInstanceOfSatisfying(
            BuildKitException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    assertThatThrownBy(() -> client.subrequest(Subrequest.OUTLINE, request().build()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "subrequest frontend.outline on " + client.address() + ": this client is closed");
  }

  private SolveRequest.Builder request() {
    return Builds.dockerfile("FROM " + registry.image() + "\n", context);
  }
}
