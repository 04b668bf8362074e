/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import dev.buildkit.api.ControlProto.BytesMessage;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytesMessagesTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152})
  void writesWhatProtobufWrites(int size) throws IOException {
    byte[] bytes = bytes(size);
    byte[] expected = size == 0
        ? new byte[] {10, 0}
        : BytesMessage.newBuilder().setData(ByteString.copyFrom(bytes)).build().toByteArray();

    InputStream message = BytesMessages.outgoing().stream(outgoing(bytes));
    assertThat(message).isInstanceOf(KnownLength.class);
    assertThat(message.available()).isEqualTo(expected.length);
    ByteArrayOutputStream drained = new ByteArrayOutputStream();
    assertThat(((Drainable) message).drainTo(drained)).isEqualTo(expected.length);

    assertThat(drained.toByteArray()).isEqualTo(expected);
    assertThat(message.available()).isZero();
    assertThat(BytesMessages.outgoing().stream(outgoing(bytes)).readAllBytes()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 16_383, 16_384, 2_097_152})
  void readsWhatProtobufWrites(int size) throws IOException {
    byte[] bytes = bytes(size);
    byte[] message =
        BytesMessage.newBuilder().setData(ByteString.copyFrom(bytes)).build().toByteArray();

    assertReads(message, bytes);
  }

  @Test
  void readsAnEmptyFieldThatIsSent() throws IOException {
    assertReads(new byte[] {10, 0}, new byte[0]);
  }

  @Test
  void readsPastFieldsItDoesNotKnow() throws IOException {
    byte[] bytes = bytes(300);

    assertReads(
        message(out -> {
          out.writeString(9, "new");
          out.writeByteArray(1, bytes);
        }),
        bytes);
    assertReads(
        message(out -> {
          out.writeByteArray(1, bytes);
          out.writeInt64(3, 7);
        }),
        bytes);
  }

  @Test
  void theLastOfSeveralFieldsCounts() throws IOException {
    assertReads(
        message(out -> {
          out.writeByteArray(1, bytes(3));
          out.writeByteArray(1, bytes(5));
        }),
        bytes(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0a", "0a05", "0a0501", "0affffffffff", "0affffffff0f", "0b", "ff"})
  void refusesBrokenMessages(String hex) {
    byte[] message = HexFormat.of().parseHex(hex);

    assertThatThrownBy(() -> BytesMessages.incoming().parse(known(message)))
        .isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
          assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
          assertThat(e.getStatus().getDescription()).startsWith("parse a BytesMessage: ");
        });
  }

  @Test
  void eachMarshallerKnowsItsDirection() {
    assertThatThrownBy(() -> BytesMessages.outgoing().parse(known(new byte[0])))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() ->
            BytesMessages.incoming().stream(new IncomingBytes(0, InputStream.nullInputStream())))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void messagesThatEndEarlyAreNoticed() {
    IncomingBytes bytes = new IncomingBytes(3, new ByteArrayInputStream(new byte[2]));

    assertThatThrownBy(() -> bytes.copyTo(new byte[3], 0))
        .isInstanceOf(IOException.class)
        .hasMessage("read a message of 3 bytes: it ends early");
  }

  private static void assertReads(byte[] message, byte[] expected) throws IOException {
    for (InputStream stream :
        new InputStream[] {known(message), new ByteArrayInputStream(message)}) {
      IncomingBytes incoming = BytesMessages.incoming().parse(stream);
      assertThat(incoming.length()).isEqualTo(expected.length);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      incoming.writeTo(Channels.newChannel(out));
      assertThat(out.toByteArray()).isEqualTo(expected);
    }
    byte[] copy = new byte[expected.length + 2];
    BytesMessages.incoming().parse(known(message)).copyTo(copy, 1);
    assertThat(Arrays.copyOfRange(copy, 1, copy.length - 1)).isEqualTo(expected);
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static OutgoingBytes outgoing(byte[] bytes) {
    return new OutgoingBytes() {
      @Override
      public int length() {
        return bytes.length;
      }

      @Override
      public void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
      }
    };
  }

  private static byte[] message(Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    fields.writeTo(out);
    out.flush();
    return bytes.toByteArray();
  }

  private static InputStream known(byte[] bytes) {
    return new KnownStream(bytes);
  }

  private interface Fields {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  private static final class KnownStream extends ByteArrayInputStream implements KnownLength {
    KnownStream(byte[] bytes) {
      super(bytes);
    }
  }
}
