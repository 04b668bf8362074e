/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import dev.buildkit.api.SshProto.BytesMessage;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A socket of any protocol, of which every byte is passed on.
 *
 * @param path where it is on this machine
 */
public record RawSocket(Path path) implements SshEndpoint {
  /** Says nothing against it: a connection for the sake of it may mean something to who listens there. */
  @Override
  public void check() {
    // Each connection finds out by itself.
  }

  @Override
  public StreamObserver<BytesMessage> open(ServerCallStreamObserver<BytesMessage> call)
      throws IOException {
    return RawCall.start(call, UnixSocket.connect(path), CallScope.current().workers());
  }
}
