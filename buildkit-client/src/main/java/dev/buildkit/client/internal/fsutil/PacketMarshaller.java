/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Packets for gRPC.
 *
 * <p>The stream of a packet reads the packet's own buffer. It may be used again once {@code sendMessage} has returned on
 * a server call of a network transport, which serialises at once.
 */
public final class PacketMarshaller implements Marshaller<Packet> {
  /** The one instance; it has no state. */
  public static final PacketMarshaller INSTANCE = new PacketMarshaller();

  private PacketMarshaller() {}

  @Override
  public InputStream stream(Packet packet) {
    return new PacketStream(PacketCodec.head(packet), PacketCodec.content(packet));
  }

  @Override
  public Packet parse(InputStream stream) {
    try {
      return PacketCodec.decode(message(stream));
    } catch (IOException e) {
      throw Status.INTERNAL
          .withDescription("cannot read a packet of the file transfer: " + e.getMessage())
          .withCause(e)
          .asRuntimeException();
    }
  }

  private static byte[] message(InputStream stream) throws IOException {
    if (!(stream instanceof KnownLength)) {
      return stream.readAllBytes();
    }
    byte[] message = new byte[stream.available()];
    if (stream.readNBytes(message, 0, message.length) < message.length) {
      throw new EOFException("message is cut short");
    }
    return message;
  }
}
