/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import dev.buildkit.client.internal.channel.SessionTunnel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A session with the daemon: under its id the daemon reaches the services of the client. */
final class Session implements AutoCloseable {
  private final String id;
  private final SessionTunnel tunnel;

  private Session(String id, SessionTunnel tunnel) {
    this.id = id;
    this.tunnel = tunnel;
  }

  /**
   * Opens a session without waiting for the daemon to register it; the daemon waits 5 seconds for a session that a solve names.
   *
   * @param healthTimeout zero to let the daemon decide
   */
  static Session open(
      Connection connection, SessionServices services, String sharedKey, Duration healthTimeout) {
    String id = Identity.random();
    SessionTunnel.Builder tunnel = SessionTunnel.builder(
            connection.channel(), connection.threads(), id)
        .sharedKey(sharedKey)
        .addServices(services.definitions());
    if (!healthTimeout.isZero()) {
      tunnel.healthTimeout(healthTimeout);
    }
    return new Session(id, tunnel.open());
  }

  String id() {
    return id;
  }

  /** Completes when the session is over, with the cause unless this side closed it. */
  CompletableFuture<Void> ended() {
    return tunnel.ended();
  }

  /** Returns why the session is over, if this side did not close it. */
  Optional<Throwable> failure() {
    CompletableFuture<Void> ended = tunnel.ended();
    return ended.isCompletedExceptionally()
        ? Optional.of(ended.handle((ignored, cause) -> cause).join())
        : Optional.empty();
  }

  @Override
  public void close() {
    tunnel.close();
  }
}
