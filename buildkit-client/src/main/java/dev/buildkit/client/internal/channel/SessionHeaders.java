/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.Metadata;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The request headers by which a session introduces itself to the daemon. */
final class SessionHeaders {

  private static final Metadata.Key<String> ID = key("x-docker-expose-session-uuid");
  private static final Metadata.Key<String> SHARED_KEY = key("x-docker-expose-session-sharedkey");
  private static final Metadata.Key<String> SHARED_KEY_ENCODED =
      key("x-docker-expose-session-sharedkey-encoded");
  private static final Metadata.Key<String> METHOD = key("x-docker-expose-session-grpc-method");
  private static final Metadata.Key<String> HEALTH_TIMEOUT =
      key("x-buildkit-session-health-custom-timeout");

  private final Metadata metadata = new Metadata();

  SessionHeaders(String id, String sharedKey) {
    if (id.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "session id '" + id + "': daemons drop what stands before a colon; use none");
    }
    if (!isAscii(id)) {
      throw new IllegalArgumentException(
          "session id '" + id + "': it travels in a header; use printable ASCII only");
    }
    metadata.put(ID, id);
    putSharedKey(sharedKey);
  }

  /** Daemons before 0.33 do not decode the key, which is then another key, but the same for each session. */
  private void putSharedKey(String sharedKey) {
    if (isAscii(sharedKey)) {
      // Sent even when it is empty, as daemons have always seen it.
      metadata.put(SHARED_KEY, sharedKey);
    } else {
      metadata.put(SHARED_KEY, queryEscape(sharedKey));
      metadata.put(SHARED_KEY_ENCODED, "1");
    }
  }

  /** Escapes as Go's {@code url.QueryEscape} does, which differs from the JDK in two characters. */
  private static String queryEscape(String text) {
    return URLEncoder.encode(text, UTF_8).replace("*", "%2A").replace("%7E", "~");
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

  private static boolean isAscii(String value) {
    return value.chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
