/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Entries as protobuf messages of type {@code fsutil.types.Stat}. */
final class StatCodec {
  private static final int PATH = 1;
  private static final int MODE = 2;
  private static final int UID = 3;
  private static final int GID = 4;
  private static final int SIZE = 5;
  private static final int MOD_TIME = 6;
  private static final int LINK_NAME = 7;
  private static final int DEV_MAJOR = 8;
  private static final int DEV_MINOR = 9;
  private static final int XATTRS = 10;

  private static final int XATTR_NAME = 1;
  private static final int XATTR_VALUE = 2;

  private static final byte[] NO_BYTES = {};

  private StatCodec() {}

  static int size(Stat stat) {
    int size = bytesSize(PATH, stat.path())
        + uint32Size(MODE, stat.mode())
        + uint32Size(UID, stat.uid())
        + uint32Size(GID, stat.gid())
        + int64Size(SIZE, stat.sizeBytes())
        + int64Size(MOD_TIME, stat.modTimeNanos())
        + bytesSize(LINK_NAME, stat.linkName())
        + int64Size(DEV_MAJOR, stat.devMajor())
        + int64Size(DEV_MINOR, stat.devMinor());
    for (Map.Entry<String, byte[]> xattr : stat.xattrs().entrySet()) {
      int xattrSize = xattrSize(xattr);
      size += CodedOutputStream.computeTagSize(XATTRS)
          + CodedOutputStream.computeUInt32SizeNoTag(xattrSize)
          + xattrSize;
    }
    return size;
  }

  static void write(Stat stat, CodedOutputStream out) throws IOException {
    writeBytes(out, PATH, stat.path());
    writeUint32(out, MODE, stat.mode());
    writeUint32(out, UID, stat.uid());
    writeUint32(out, GID, stat.gid());
    writeInt64(out, SIZE, stat.sizeBytes());
    writeInt64(out, MOD_TIME, stat.modTimeNanos());
    writeBytes(out, LINK_NAME, stat.linkName());
    writeInt64(out, DEV_MAJOR, stat.devMajor());
    writeInt64(out, DEV_MINOR, stat.devMinor());
    for (Map.Entry<String, byte[]> xattr : stat.xattrs().entrySet()) {
      out.writeTag(XATTRS, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      out.writeUInt32NoTag(xattrSize(xattr));
      out.writeString(XATTR_NAME, xattr.getKey());
      out.writeByteArray(XATTR_VALUE, xattr.getValue());
    }
  }

  private static int xattrSize(Map.Entry<String, byte[]> xattr) {
    return CodedOutputStream.computeStringSize(XATTR_NAME, xattr.getKey())
        + CodedOutputStream.computeByteArraySize(XATTR_VALUE, xattr.getValue());
  }

  /** Reads the length and then the message. */
  static Stat read(CodedInputStream in) throws IOException {
    int outerLimit = in.pushLimit(in.readUInt32());
    Fields fields = new Fields();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      fields.read(tag, in);
    }
    in.popLimit(outerLimit);
    return fields.toStat();
  }

  private static int uint32Size(int field, int value) {
    return value == 0 ? 0 : CodedOutputStream.computeUInt32Size(field, value);
  }

  private static int int64Size(int field, long value) {
    return value == 0 ? 0 : CodedOutputStream.computeInt64Size(field, value);
  }

  private static int bytesSize(int field, byte[] value) {
    return value.length == 0 ? 0 : CodedOutputStream.computeByteArraySize(field, value);
  }

  private static void writeUint32(CodedOutputStream out, int field, int value) throws IOException {
    if (value != 0) {
      out.writeUInt32(field, value);
    }
  }

  private static void writeInt64(CodedOutputStream out, int field, long value) throws IOException {
    if (value != 0) {
      out.writeInt64(field, value);
    }
  }

  private static void writeBytes(CodedOutputStream out, int field, byte[] value)
      throws IOException {
    if (value.length != 0) {
      out.writeByteArray(field, value);
    }
  }

  /** The fields of a message that is being read, which may come in any order. */
  private static final class Fields {
    private byte[] path = NO_BYTES;
    private int mode;
    private int uid;
    private int gid;
    private long sizeBytes;
    private long modTimeNanos;
    private byte[] linkName = NO_BYTES;
    private long devMajor;
    private long devMinor;
    private Map<String, byte[]> xattrs = Map.of();

    void read(int tag, CodedInputStream in) throws IOException {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case PATH -> path = in.readByteArray();
        case MODE -> mode = in.readUInt32();
        case UID -> uid = in.readUInt32();
        case GID -> gid = in.readUInt32();
        case SIZE -> sizeBytes = in.readInt64();
        case MOD_TIME -> modTimeNanos = in.readInt64();
        case LINK_NAME -> linkName = in.readByteArray();
        case DEV_MAJOR -> devMajor = in.readInt64();
        case DEV_MINOR -> devMinor = in.readInt64();
        case XATTRS -> readXattr(in);
        default -> in.skipField(tag);
      }
    }

    private void readXattr(CodedInputStream in) throws IOException {
      int outerLimit = in.pushLimit(in.readUInt32());
      byte[] name = NO_BYTES;
      byte[] value = NO_BYTES;
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (WireFormat.getTagFieldNumber(tag)) {
          case XATTR_NAME -> name = in.readByteArray();
          case XATTR_VALUE -> value = in.readByteArray();
          default -> in.skipField(tag);
        }
      }
      in.popLimit(outerLimit);
      if (xattrs.isEmpty()) {
        xattrs = new HashMap<>();
      }
      xattrs.put(new String(name, UTF_8), value);
    }

    Stat toStat() {
      return new Stat(
          path, mode, uid, gid, sizeBytes, modTimeNanos, linkName, devMajor, devMinor, xattrs);
    }
  }
}
