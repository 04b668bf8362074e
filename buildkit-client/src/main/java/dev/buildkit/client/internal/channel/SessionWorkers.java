/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import static java.util.Objects.requireNonNull;

import io.grpc.Attributes;
import io.grpc.ServerCall;
import io.grpc.ServerTransportFilter;
import java.util.concurrent.Executor;

/**
 * The threads on which the handlers of a session run, for a handler that needs a second one: the callbacks of a call come
 * one at a time, so one that blocks holds up the others.
 */
public final class SessionWorkers {
  private static final Attributes.Key<Executor> KEY = Attributes.Key.create("session-workers");

  private SessionWorkers() {}

  /** Returns the executor of the session that a call belongs to; it may block, and is not owned. */
  public static Executor of(ServerCall<?, ?> call) {
    return requireNonNull(call.getAttributes().get(KEY), "workers of the session");
  }

  /** Returns what a server needs so that its handlers can ask. */
  public static ServerTransportFilter offer(Executor workers) {
    return new ServerTransportFilter() {
      @Override
      public Attributes transportReady(Attributes attributes) {
        return attributes.toBuilder().set(KEY, workers).build();
      }
    };
  }
}
