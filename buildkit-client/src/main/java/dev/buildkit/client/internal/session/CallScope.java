/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import static java.util.Objects.requireNonNull;

import dev.buildkit.client.internal.channel.SessionWorkers;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import java.io.IOException;
import java.nio.channels.Channel;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a handler cannot learn from its request: the headers, the session's threads, and when the call is over. */
final class CallScope {
  private static final Logger log = LoggerFactory.getLogger(CallScope.class);
  private static final Context.Key<CallScope> KEY = Context.key("buildkit-call");

  private final ServerCall<?, ?> call;
  private final Metadata headers;

  private CallScope(ServerCall<?, ?> call, Metadata headers) {
    this.call = call;
    this.headers = headers;
  }

  /** Returns a service whose handlers may ask for the {@link #current} scope. */
  static ServerServiceDefinition around(BindableService service) {
    return ServerInterceptors.intercept(service, CallScope::intercept);
  }

  private static <Q, A> ServerCall.Listener<Q> intercept(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Context context = Context.current().withValue(KEY, new CallScope(call, headers));
    return Contexts.interceptCall(context, call, headers, next);
  }

  /** Returns the scope of the call whose handler this thread runs. */
  static CallScope current() {
    return requireNonNull(KEY.get(), "no call");
  }

  /** Returns the first value of a header, and nothing if there is none. */
  String header(String name) {
    return TextHeaders.first(headers, name);
  }

  /** Returns what runs a second task of the call beside its callbacks. */
  Executor workers() {
    return SessionWorkers.of(call);
  }

  /** Closes a channel when the call is over, at once and from another thread, so that nobody stays blocked in it. */
  static void closeAtEnd(Channel channel) {
    Context.current().addListener(context -> close(channel), Runnable::run);
  }

  /** Closes a channel that is of no use any more. */
  static void close(Channel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      log.debug("cannot close {}", channel, e);
    }
  }
}
