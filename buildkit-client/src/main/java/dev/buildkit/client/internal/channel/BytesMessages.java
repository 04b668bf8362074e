/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import com.google.protobuf.ByteString;
import dev.buildkit.api.ControlProto;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/**
 * Marshallers of BuildKit's {@code BytesMessage}, whose one field holds a slice of a byte stream. Written by hand,
 * because these messages carry all that is uploaded and exported, and protobuf would copy each of them once more.
 */
public final class BytesMessages {

  private static final Marshaller<OutgoingBytes> OUTGOING = new Outgoing();
  private static final Marshaller<IncomingBytes> INCOMING = new Incoming();

  /** Returns the marshaller for messages that are sent. It cannot parse. */
  public static Marshaller<OutgoingBytes> outgoing() {
    return OUTGOING;
  }

  /** Returns the marshaller for messages that are received. It cannot write. */
  public static Marshaller<IncomingBytes> incoming() {
    return INCOMING;
  }

  private static final class Outgoing implements Marshaller<OutgoingBytes> {
    @Override
    public InputStream stream(OutgoingBytes bytes) {
      return new BytesMessageStream(bytes);
    }

    @Override
    public OutgoingBytes parse(InputStream stream) {
      throw new UnsupportedOperationException("parse an outgoing message: use incoming()");
    }
  }

  private static final class Incoming implements Marshaller<IncomingBytes> {
    @Override
    public InputStream stream(IncomingBytes bytes) {
      throw new UnsupportedOperationException("write an incoming message: use outgoing()");
    }

    @Override
    public IncomingBytes parse(InputStream message) {
      try {
        return BytesMessages.parse(message);
      } catch (IOException e) {
        throw Status.INTERNAL
            .withDescription("parse a BytesMessage: " + e.getMessage())
            .withCause(e)
            .asRuntimeException();
      }
    }
  }

  private static IncomingBytes parse(InputStream message) throws IOException {
    BytesMessageHead head = new BytesMessageHead();
    int length = head.read(message);
    // Only of these streams is it certain that available() counts all that is left.
    if (length >= 0 && message instanceof KnownLength && message.available() == length) {
      return new IncomingBytes(length, message);
    }
    return parseWithProtobuf(
        new SequenceInputStream(new ByteArrayInputStream(head.bytes()), message));
  }

  /** Takes the way that is always right: with unknown fields, or several parts of which the last counts. */
  private static IncomingBytes parseWithProtobuf(InputStream message) throws IOException {
    ByteString data = ControlProto.BytesMessage.parseFrom(message).getData();
    return new IncomingBytes(data.size(), data.newInput());
  }

  private BytesMessages() {}
}
