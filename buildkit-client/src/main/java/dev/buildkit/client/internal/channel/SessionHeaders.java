/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import io.grpc.Metadata;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The request headers by which a session introduces itself to the daemon. */
final class SessionHeaders {

  private static final Metadata.Key<String> ID = key("x-docker-expose-session-uuid");
  private static final Metadata.Key<String> SHARED_KEY = key("x-docker-expose-session-sharedkey");
  private static final Metadata.Key<String> METHOD = key("x-docker-expose-session-grpc-method");
  private static final Metadata.Key<String> HEALTH_TIMEOUT =
      key("x-buildkit-session-health-custom-timeout");

  private final Metadata metadata = new Metadata();

  SessionHeaders(String id, String sharedKey) {
    if (id.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "session id '" + id + "': daemons drop what stands before a colon; use none");
    }
    metadata.put(ID, requireAscii("session id", id));
    // Sent even when it is empty, as daemons have always seen it.
    metadata.put(SHARED_KEY, requireAscii("session shared key", sharedKey));
  }

  /** Announces the methods of a service. The daemon does not ask for files or send any without. */
  void announce(ServerServiceDefinition service) {
    for (ServerMethodDefinition<?, ?> method : service.getMethods()) {
      metadata.put(METHOD, "/" + method.getMethodDescriptor().getFullMethodName());
    }
  }

  void healthTimeout(Duration timeout) {
    metadata.put(HEALTH_TIMEOUT, Long.toString(TimeUnit.MILLISECONDS.convert(timeout)));
  }

  Metadata toMetadata() {
    return metadata;
  }

  private static String requireAscii(String what, String value) {
    if (!value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new IllegalArgumentException(
          what + " '" + value + "': it travels in a header; use printable ASCII only");
    }
    return value;
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
