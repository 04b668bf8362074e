/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.buildkit.api.SSHGrpc;
import dev.buildkit.api.SshProto.BytesMessage;
import dev.buildkit.api.SshProto.CheckAgentRequest;
import dev.buildkit.client.internal.ssh.KeyFile;
import dev.buildkit.client.internal.ssh.KeyFiles;
import dev.buildkit.client.internal.ssh.SignatureCheck;
import dev.buildkit.client.internal.ssh.SshKey;
import dev.buildkit.client.internal.ssh.WireReader;
import dev.buildkit.client.internal.ssh.WireWriter;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plays a daemon whose processes speak to an agent of this process. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class KeyAgentTest {
  private static final byte[] DATA = "what is signed".getBytes(UTF_8);
  private static final byte[] FAILURE = {0, 0, 0, 1, 5};

  private static final List<SshKey> KEYS = new ArrayList<>();

  private ServedCalls calls;
  private FakeStream<BytesMessage> answers;
  private StreamObserver<BytesMessage> process;

  @BeforeAll
  static void readKeys(@TempDir Path directory) throws IOException {
    for (String name : KeyFiles.GOOD) {
      KEYS.add(
          KeyFile.read("key", Files.writeString(directory.resolve(name), KeyFiles.text(name))));
    }
  }

  @BeforeEach
  void serveAllKeys() throws IOException {
    calls = new ServedCalls(SshService.of(Map.of("default", KeyAgent.of(KEYS))));
    answers = new FakeStream<>();
    process = SSHGrpc.newStub(calls.withoutHeader()).forwardAgent(answers);
  }

  @AfterEach
  void stop() {
    process.onCompleted();
    calls.close();
  }

  private byte[] ask(byte[] request) throws InterruptedException {
    process.onNext(BytesMessage.newBuilder()
        .setData(ByteString.copyFrom(AgentMessages.framed(request)))
        .build());
    return answers.receive().getData().toByteArray();
  }

  private static byte[] signRequest(byte[] publicKey, int flags) {
    return new WireWriter()
        .octet((byte) 13)
        .string(publicKey)
        .string(DATA)
        .uint32(flags)
        .toBytes();
  }

  @Test
  void listsEachKeyOnceInItsPlaceAndWithoutComment() throws Exception {
    WireReader answer = new WireReader(ask(new byte[] {11}));

    assertThat(answer.uint32()).isPositive();
    assertThat(answer.octet()).isEqualTo((byte) 12);
    List<byte[]> expected = new ArrayList<>();
    for (String name : List.of(
        "ed25519", "ed25519-of-openssl", "rsa", "rsa1024", "nistp256", "nistp384", "nistp521")) {
      expected.add(KeyFiles.publicKey(name + "."));
    }
    assertThat(answer.uint32()).isEqualTo(expected.size());
    for (byte[] publicKey : expected) {
      assertThat(answer.string()).isEqualTo(publicKey);
      assertThat(answer.string()).isEmpty();
    }
  }

  @Test
  void signsWithTheKeyThatIsAskedFor() throws Exception {
    for (String name : KeyFiles.GOOD) {
      byte[] publicKey = KeyFiles.publicKey(name);

      WireReader answer = new WireReader(ask(signRequest(publicKey, 4)));

      assertThat(answer.uint32()).isPositive();
      assertThat(answer.octet()).isEqualTo((byte) 14);
      assertThat(SignatureCheck.algorithm(publicKey, DATA, answer.string())).isNotEmpty();
    }
  }

  @Test
  void whatCannotBeSignedIsAFailureAndTheConnectionGoesOn() throws Exception {
    byte[] rsa = KeyFiles.publicKey("rsa.");
    byte[] request = signRequest(rsa, 2);
    byte[] unknown = rsa.clone();
    unknown[unknown.length - 1] ^= 1;

    assertThat(ask(signRequest(unknown, 2))).isEqualTo(FAILURE);
    assertThat(ask(signRequest(rsa, 6))).isEqualTo(FAILURE);
    assertThat(ask(new byte[] {13, 0x7f, -1, -1, -1})).isEqualTo(FAILURE);
    assertThat(ask(new byte[] {13, -1, -1, -1, -1})).isEqualTo(FAILURE);
    assertThat(ask(Arrays.copyOf(request, request.length - 1))).isEqualTo(FAILURE);
    assertThat(ask(new byte[] {11})).hasSizeGreaterThan(rsa.length);
  }

  /** To add keys, with and without conditions, remove one or all, lock, unlock, take a token's, and extensions. */
  @Test
  void allElseIsAFailure() throws Exception {
    // To add keys, with and without conditions, remove one or all, lock, unlock, take those of a
    // token, and extensions.
    for (int type : new int[] {17, 25, 18, 19, 22, 23, 20, 26, 27, 0, 1, 9, 255}) {
      assertThat(ask(new byte[] {(byte) type, 0, 0, 0, 0})).as("type " + type).isEqualTo(FAILURE);
    }
  }

  @Test
  void isThereBeforeAStepBegins() {
    assertThat(SSHGrpc.newBlockingStub(calls.withoutHeader())
            .checkAgent(CheckAgentRequest.getDefaultInstance()))
        .isNotNull();
  }
}
