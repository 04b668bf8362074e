/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import dev.buildkit.api.SshProto.BytesMessage;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;

/** What the processes of a step talk to through a socket that is mounted there. */
public sealed interface SshEndpoint permits AgentSocket, KeyAgent, RawSocket {
  /**
   * Does nothing if a process would get an answer.
   *
   * @throws IOException if not; the message says why
   */
  void check() throws IOException;

  /**
   * Opens a connection for a process, and returns what takes its bytes.
   *
   * @param call takes the answers, and is ended with the connection
   */
  StreamObserver<BytesMessage> open(ServerCallStreamObserver<BytesMessage> call) throws IOException;
}
