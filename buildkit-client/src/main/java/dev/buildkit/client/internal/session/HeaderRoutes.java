/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import static java.util.Objects.requireNonNull;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptors;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import java.io.InputStream;
import java.util.Set;

/** Two services of the same name as one: a header says which of them a call is for. */
final class HeaderRoutes {
  /**
   * Returns the one service.
   *
   * @param values of the header for which a call goes to {@code own}
   */
  static ServerServiceDefinition of(
      String header,
      Set<String> values,
      ServerServiceDefinition own,
      ServerServiceDefinition others) {
    // Their methods may have other types for the same messages, and so meet as bytes.
    ServerServiceDefinition one = ServerInterceptors.useInputStreamMessages(own);
    ServerServiceDefinition other = ServerInterceptors.useInputStreamMessages(others);
    ServerServiceDefinition.Builder both =
        ServerServiceDefinition.builder(one.getServiceDescriptor());
    for (ServerMethodDefinition<?, ?> method : one.getMethods()) {
      both.addMethod(route(header, values, bytes(one, method), bytes(other, method)));
    }
    return both.build();
  }

  private static ServerMethodDefinition<InputStream, InputStream> route(
      String header,
      Set<String> values,
      ServerMethodDefinition<InputStream, InputStream> own,
      ServerMethodDefinition<InputStream, InputStream> other) {
    return ServerMethodDefinition.create(own.getMethodDescriptor(), new ServerCallHandler<>() {
      @Override
      public ServerCall.Listener<InputStream> startCall(
          ServerCall<InputStream, InputStream> call, Metadata headers) {
        boolean isOwn = values.contains(TextHeaders.first(headers, header));
        return (isOwn ? own : other).getServerCallHandler().startCall(call, headers);
      }
    });
  }

  @SuppressWarnings("unchecked") // That is what it has been made of.
  private static ServerMethodDefinition<InputStream, InputStream> bytes(
      ServerServiceDefinition service, ServerMethodDefinition<?, ?> method) {
    return (ServerMethodDefinition<InputStream, InputStream>)
        requireNonNull(service.getMethod(method.getMethodDescriptor().getFullMethodName()));
  }

  private HeaderRoutes() {}
}
