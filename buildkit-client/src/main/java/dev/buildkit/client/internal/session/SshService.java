/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import dev.buildkit.api.SSHGrpc;
import dev.buildkit.api.SshProto.BytesMessage;
import dev.buildkit.api.SshProto.CheckAgentRequest;
import dev.buildkit.api.SshProto.CheckAgentResponse;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects the processes of steps with SSH agents, and with other sockets, of this machine. */
public final class SshService extends SSHGrpc.SSHImplBase {
  /** The agent of steps that name none. */
  public static final String DEFAULT_ID = "default";

  private static final Logger log = LoggerFactory.getLogger(SshService.class);
  private static final String ID_HEADER = "buildkit.ssh.id";

  private final Map<String, SshEndpoint> endpoints;

  private SshService(Map<String, SshEndpoint> endpoints) {
    this.endpoints = Map.copyOf(endpoints);
  }

  /** Returns the service for endpoints by id. */
  public static ServerServiceDefinition of(Map<String, SshEndpoint> endpoints) {
    return CallScope.around(new SshService(endpoints));
  }

  @Override
  public void checkAgent(CheckAgentRequest request, StreamObserver<CheckAgentResponse> response) {
    String id = id(request.getID());
    try {
      find(id).check();
      response.onNext(CheckAgentResponse.getDefaultInstance());
      response.onCompleted();
    } catch (IOException e) {
      response.onError(failure(id, e));
    }
  }

  @Override
  public StreamObserver<BytesMessage> forwardAgent(StreamObserver<BytesMessage> response) {
    String id = id(CallScope.current().header(ID_HEADER));
    try {
      return find(id).open((ServerCallStreamObserver<BytesMessage>) response);
    } catch (IOException e) {
      // The daemon only closes the connection of the process, without a word.
      log.warn("cannot forward SSH agent {}: {}", id, e.getMessage());
      response.onError(failure(id, e));
      return new IgnoredBytes<>();
    }
  }

  private SshEndpoint find(String id) throws IOException {
    SshEndpoint endpoint = endpoints.get(id);
    if (endpoint == null) {
      throw new IOException(
          "the client offers none of this id, but " + endpoints.keySet() + "; add it to SshAgents");
    }
    return endpoint;
  }

  private static String id(String given) {
    return given.isEmpty() ? DEFAULT_ID : given;
  }

  private static StatusRuntimeException failure(String id, IOException cause) {
    return Status.UNKNOWN
        .withDescription("SSH agent " + id + ": " + cause.getMessage())
        .withCause(cause)
        .asRuntimeException();
  }
}
