/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.source.ResolverOptions;
import dev.buildkit.client.source.SourceMetadata;
import dev.buildkit.client.source.SourceMetadataRequest;
import dev.buildkit.client.transport.Transport;
import dev.buildkit.llb.ImageSource;
import dev.buildkit.llb.State;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A question that gets no answer can be given up in every way. */
@IntegrationTest
class AbandonedLookupIT {
  private SilentRegistry registry;

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
  void aTimeLimitEndsIt(String unused, BuildKitClient client) {
    ResolverOptions options = ResolverOptions.none().timeout(Duration.ofSeconds(2));

    assertGivenUp(
        ErrorCode.TIMED_OUT,
        () -> client.resolveSourceMetadata(request().options(options)),
        "failed to resolve docker-image://" + registry.image() + ": no answer in time from "
            + client.address());
  }

  @RegistryTest
  void anInterruptEndsMarshalAndStays(String unused, BuildKitClient client) throws Exception {
    State base =
        State.from(ImageSource.of(registry.image()).configResolver(client.imageConfigResolver()));
    Thread caller = Thread.currentThread();
    CompletableFuture<Void> interrupt = interruptWhenAsked(caller);

    BuildKitException failure = catchThrowableOfType(BuildKitException.class, base::marshal);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED);
    assertThat(failure)
        .hasMessageStartingWith("resolve docker-image://" + registry.image() + " for linux/")
        .hasMessageEndingWith(": this thread was interrupted");
    interrupt.join();
  }

  @RegistryTest
  void anInterruptEndsABlockingCall(String unused, BuildKitClient client) {
    Thread caller = Thread.currentThread();
    CompletableFuture<Void> interrupt = interruptWhenAsked(caller);

    assertThatThrownBy(() -> client.resolveSourceMetadata(request()))
        .isInstanceOf(InterruptedException.class);

    assertThat(caller.isInterrupted()).isFalse();
    interrupt.join();
  }

  @RegistryTest
  void aCancelledFutureEndsIt(String unused, BuildKitClient client) throws Exception {
    CompletableFuture<SourceMetadata> lookup = client.resolveSourceMetadataAsync(request());
    registry.awaitQuestion();

    assertThat(lookup.cancel(true)).isTrue();

    assertThat(lookup).isCancelled();
  }

  @RegistryTest
  void aClosedClientEndsIt(String unused, Transport transport) throws Exception {
    CompletableFuture<SourceMetadata> lookup;
    BuildKitClient client = Daemon.connect(transport);
    try (client) {
      lookup = client.resolveSourceMetadataAsync(request());
      registry.awaitQuestion();
    }

    assertGivenUp(
        ErrorCode.CANCELLED,
        () -> {
          throw lookup.handle((answer, failure) -> failure).join();
        },
        "failed to resolve docker-image://" + registry.image() + ": cancelled");
    assertThatThrownBy(() -> client.resolveSourceMetadata(request()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("resolve docker-image://" + registry.image() + " on " + client.address()
            + ": this client is closed");
  }

  private SourceMetadataRequest request() {
    return SourceMetadataRequest.of(ImageSource.of(registry.image()));
  }

  private CompletableFuture<Void> interruptWhenAsked(Thread caller) {
    return CompletableFuture.runAsync(
        () -> {
          registry.awaitQuestionUninterrupted();
          caller.interrupt();
        },
        OwnThread.EACH);
  }

  private static void assertGivenUp(ErrorCode code, ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            BuildKitException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageStartingWith(message);
  }
}
