/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import dev.buildkit.api.SshProto.BytesMessage;
import dev.buildkit.client.internal.ssh.SshKey;
import dev.buildkit.client.internal.ssh.WireReader;
import dev.buildkit.client.internal.ssh.WireWriter;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.nio.BufferUnderflowException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An SSH agent of this process, whose keys are given once. Shows nothing of them. */
public final class KeyAgent implements SshEndpoint {
  private static final Logger log = LoggerFactory.getLogger(KeyAgent.class);

  /** Go's agent gives its keys no comments either. */
  private static final String NO_COMMENT = "";

  private final List<SshKey> keys;

  private KeyAgent(List<SshKey> keys) {
    this.keys = keys;
  }

  /** Returns an agent with keys, in their order, of which those that are the same count once. */
  public static KeyAgent of(List<SshKey> keys) {
    Map<String, SshKey> distinct = new LinkedHashMap<>();
    keys.forEach(key -> distinct.putIfAbsent(Arrays.toString(key.publicKey()), key));
    return new KeyAgent(List.copyOf(distinct.values()));
  }

  @Override
  public void check() {
    // It is always there.
  }

  @Override
  public StreamObserver<BytesMessage> open(ServerCallStreamObserver<BytesMessage> call) {
    return AgentCall.start(call, this::answer);
  }

  byte[] answer(byte[] request) {
    try {
      WireReader in = new WireReader(request);
      return switch (in.octet()) {
        case AgentMessages.REQUEST_IDENTITIES -> identities();
        case AgentMessages.SIGN_REQUEST -> signature(in.string(), in.string(), in.uint32());
        default -> AgentMessages.failure();
      };
    } catch (BufferUnderflowException | GeneralSecurityException e) {
      log.debug("cannot answer a request to an SSH agent", e);
      return AgentMessages.failure();
    }
  }

  private byte[] identities() {
    WireWriter out = new WireWriter().octet(AgentMessages.IDENTITIES_ANSWER).uint32(keys.size());
    keys.forEach(key -> out.string(key.publicKey()).text(NO_COMMENT));
    return out.toBytes();
  }

  private byte[] signature(byte[] publicKey, byte[] data, int flags)
      throws GeneralSecurityException {
    for (SshKey key : keys) {
      if (Arrays.equals(key.publicKey(), publicKey)) {
        return new WireWriter()
            .octet(AgentMessages.SIGN_RESPONSE)
            .string(key.sign(data, flags))
            .toBytes();
      }
    }
    return AgentMessages.failure();
  }
}
