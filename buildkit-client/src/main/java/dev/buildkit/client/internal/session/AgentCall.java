/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import com.google.protobuf.UnsafeByteOperations;
import dev.buildkit.api.SshProto.BytesMessage;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a process to an SSH agent, of which steps may ask two things: what keys there are, and to sign. To all
 * else the answer is a failure, so that no step adds keys to the agent of a user, removes or locks them.
 *
 * <p>Requests are answered one after the other, as the protocol wants it, and only while the daemon takes the answers.
 */
final class AgentCall implements StreamObserver<BytesMessage> {
  private static final Logger log = LoggerFactory.getLogger(AgentCall.class);

  private final ServerCallStreamObserver<BytesMessage> call;
  private final AgentExchange agent;
  private final AgentRequests requests = new AgentRequests();
  private boolean completed;
  private boolean ended;

  private AgentCall(ServerCallStreamObserver<BytesMessage> call, AgentExchange agent) {
    this.call = call;
    this.agent = agent;
  }

  static AgentCall start(ServerCallStreamObserver<BytesMessage> call, AgentExchange agent) {
    AgentCall started = new AgentCall(call, agent);
    call.disableAutoRequest();
    call.request(1);
    call.setOnReadyHandler(started::proceed);
    // Without a handler, an answer to a call that was cancelled meanwhile is an exception.
    call.setOnCancelHandler(() -> started.ended = true);
    return started;
  }

  @Override
  public void onNext(BytesMessage message) {
    requests.add(message.getData().asReadOnlyByteBuffer());
    proceed();
  }

  @Override
  public void onCompleted() {
    completed = true;
    proceed();
  }

  @Override
  public void onError(Throwable cancelled) {
    ended = true;
  }

  private void proceed() {
    try {
      while (!ended && call.isReady()) {
        Optional<byte[]> request = requests.next();
        if (request.isEmpty()) {
          awaitMore();
          return;
        }
        call.onNext(message(AgentMessages.framed(answer(request.get()))));
      }
    } catch (IOException e) {
      log.debug("cannot answer a request to an SSH agent", e);
      ended = true;
      call.onError(Status.UNKNOWN
          .withDescription("SSH agent: " + e.getMessage())
          .withCause(e)
          .asRuntimeException());
    }
  }

  private void awaitMore() {
    if (completed) {
      ended = true;
      call.onCompleted();
    } else if (requests.wantsBytes()) {
      call.request(1);
    }
  }

  private byte[] answer(byte[] request) throws IOException {
    return switch (request[0]) {
      case AgentMessages.REQUEST_IDENTITIES, AgentMessages.SIGN_REQUEST -> agent.answer(request);
      default -> AgentMessages.failure();
    };
  }

  private static BytesMessage message(ByteBuffer bytes) {
    return BytesMessage.newBuilder()
        .setData(UnsafeByteOperations.unsafeWrap(bytes))
        .build();
  }
}
