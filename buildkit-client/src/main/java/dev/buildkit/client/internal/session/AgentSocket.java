/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import dev.buildkit.api.SshProto.BytesMessage;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * An SSH agent that listens at a socket.
 *
 * @param path where it is on this machine
 */
public record AgentSocket(Path path) implements SshEndpoint {
  @Override
  public void check() throws IOException {
    UnixSocket.connect(path).close();
  }

  @Override
  public StreamObserver<BytesMessage> open(ServerCallStreamObserver<BytesMessage> call)
      throws IOException {
    SocketChannel agent = UnixSocket.connect(path);
    return AgentCall.start(call, request -> exchange(agent, request));
  }

  private static byte[] exchange(SocketChannel agent, byte[] request) throws IOException {
    ByteBuffer framed = AgentMessages.framed(request);
    while (framed.hasRemaining()) {
      agent.write(framed);
    }
    return AgentMessages.read(agent);
  }
}
