/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Packets as protobuf messages of type {@code fsutil.types.Packet}.
 *
 * <p>Written by hand, as content must not be copied and names need not be UTF-8.
 */
public final class PacketCodec {
  private static final int STAT = 0;
  private static final int REQ = 1;
  private static final int DATA = 2;
  private static final int FIN = 3;
  private static final int ERR = 4;

  private static final int FIELD_TYPE = 1;
  private static final int FIELD_STAT = 2;
  private static final int FIELD_ID = 3;
  private static final int FIELD_DATA = 4;

  private static final byte[] NO_BYTES = {};

  private PacketCodec() {}

  /** Returns the message of a packet. */
  public static byte[] encode(Packet packet) {
    byte[] head = head(packet);
    ByteBuffer content = content(packet);
    byte[] message = new byte[head.length + content.remaining()];
    System.arraycopy(head, 0, message, 0, head.length);
    content.get(content.position(), message, head.length, content.remaining());
    return message;
  }

  /** Returns the message without the content of a data packet, which is what follows. */
  static byte[] head(Packet packet) {
    if (packet instanceof Packet.Entry entry) {
      return entryMessage(entry.stat());
    }
    if (packet instanceof Packet.EndOfEntries) {
      return NO_BYTES;
    }
    if (packet instanceof Packet.Request request) {
      return head(REQ, request.id(), 0);
    }
    if (packet instanceof Packet.Data data) {
      return head(DATA, data.id(), data.bytes().remaining());
    }
    if (packet instanceof Packet.Failure failure) {
      return head(ERR, 0, content(failure).remaining());
    }
    if (packet instanceof Packet.Unknown unknown) {
      return head(unknown.type(), 0, 0);
    }
    return head(FIN, 0, 0);
  }

  /** Returns the bytes that end the message: the content of a data packet, or the text of a failure. */
  static ByteBuffer content(Packet packet) {
    if (packet instanceof Packet.Data data) {
      return data.bytes();
    }
    if (packet instanceof Packet.Failure failure) {
      return ByteBuffer.wrap(failure.message().getBytes(UTF_8));
    }
    return ByteBuffer.wrap(NO_BYTES);
  }

  private static byte[] entryMessage(Stat stat) {
    int statSize = StatCodec.size(stat);
    int size = CodedOutputStream.computeTagSize(FIELD_STAT)
        + CodedOutputStream.computeUInt32SizeNoTag(statSize)
        + statSize;
    return write(size, out -> {
      out.writeTag(FIELD_STAT, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      out.writeUInt32NoTag(statSize);
      StatCodec.write(stat, out);
    });
  }

  private static byte[] head(int type, int id, int contentSize) {
    int size = CodedOutputStream.computeUInt32Size(FIELD_TYPE, type)
        + (id == 0 ? 0 : CodedOutputStream.computeUInt32Size(FIELD_ID, id))
        + (contentSize == 0 ? 0 : CodedOutputStream.computeUInt32Size(FIELD_DATA, contentSize));
    return write(size, out -> {
      out.writeUInt32(FIELD_TYPE, type);
      if (id != 0) {
        out.writeUInt32(FIELD_ID, id);
      }
      if (contentSize != 0) {
        out.writeTag(FIELD_DATA, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(contentSize);
      }
    });
  }

  private static byte[] write(int size, MessageWriter writer) {
    byte[] message = new byte[size];
    CodedOutputStream out = CodedOutputStream.newInstance(message);
    try {
      writer.write(out);
      out.checkNoSpaceLeft();
      return message;
    } catch (IOException e) {
      throw new UncheckedIOException("packet is not of the size computed", e);
    }
  }

  @FunctionalInterface
  private interface MessageWriter {
    void write(CodedOutputStream out) throws IOException;
  }

  /**
   * Reads a packet from a message, whose array the packet then shares.
   *
   * @throws IOException if the message is broken
   */
  public static Packet decode(byte[] message) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(message);
    int type = STAT;
    int id = 0;
    Stat stat = null;
    ByteBuffer content = ByteBuffer.wrap(NO_BYTES);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case FIELD_TYPE -> type = in.readUInt32();
        case FIELD_STAT -> stat = StatCodec.read(in);
        case FIELD_ID -> id = in.readUInt32();
        case FIELD_DATA -> content = slice(in, message);
        default -> in.skipField(tag);
      }
    }
    return packet(type, id, stat, content);
  }

  private static ByteBuffer slice(CodedInputStream in, byte[] message) throws IOException {
    int size = in.readUInt32();
    int offset = in.getTotalBytesRead();
    if (size < 0 || size > message.length - offset) {
      throw new InvalidProtocolBufferException("packet is cut short");
    }
    in.skipRawBytes(size);
    return ByteBuffer.wrap(message, offset, size);
  }

  private static Packet packet(int type, int id, @Nullable Stat stat, ByteBuffer content) {
    return switch (type) {
      case STAT -> stat == null ? new Packet.EndOfEntries() : new Packet.Entry(stat);
      case REQ -> new Packet.Request(id);
      case DATA -> new Packet.Data(id, content);
      case FIN -> new Packet.Finish();
      case ERR -> new Packet.Failure(UTF_8.decode(content).toString());
      default -> new Packet.Unknown(type);
    };
  }
}
