/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.pem;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.spec.InvalidKeySpecException;
import java.util.HexFormat;

/** The little of DER that makes PKCS#8, the one form of keys that the JDK reads, of the older forms. */
final class Der {
  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int SEQUENCE = 0x30;

  /** The first optional field of an EC key: its curve. */
  private static final int CURVE = 0xA0;

  private static final byte[] VERSION = element(INTEGER, new byte[] {0});

  /** The algorithm rsaEncryption, 1.2.840.113549.1.1.1, and its parameter NULL. */
  private static final byte[] RSA =
      element(SEQUENCE, HexFormat.of().parseHex("06092a864886f70d0101010500"));

  /** The object identifier of ecPublicKey, 1.2.840.10045.2.1. */
  private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

  /** Wraps an RSA key as of PKCS#1. */
  static byte[] pkcs8OfRsa(byte[] key) {
    return pkcs8(RSA, key);
  }

  /** Wraps an EC key as of SEC 1, which has to name its curve. */
  static byte[] pkcs8OfEc(byte[] key) throws InvalidKeySpecException {
    return pkcs8(element(SEQUENCE, EC, curve(key)), key);
  }

  private static byte[] pkcs8(byte[] algorithm, byte[] key) {
    return element(SEQUENCE, VERSION, algorithm, element(OCTET_STRING, key));
  }

  private static byte[] curve(byte[] key) throws InvalidKeySpecException {
    try {
      ByteBuffer fields = next(ByteBuffer.wrap(key), SEQUENCE);
      while (fields.hasRemaining()) {
        int tag = fields.get(fields.position()) & 0xff;
        ByteBuffer field = next(fields, tag);
        if (tag == CURVE) {
          byte[] curve = new byte[field.remaining()];
          field.get(curve);
          return curve;
        }
      }
    } catch (BufferUnderflowException e) {
      throw new InvalidKeySpecException("the key ends early", e);
    }
    throw new InvalidKeySpecException("the key does not name its curve");
  }

  private static ByteBuffer next(ByteBuffer in, int tag) throws InvalidKeySpecException {
    if ((in.get() & 0xff) != tag) {
      throw new InvalidKeySpecException("unexpected element in the key");
    }
    int length = in.get() & 0xff;
    if (length > 0x80) {
      int bytes = length & 0x7f;
      length = 0;
      for (int i = 0; i < bytes; i++) {
        length = (length << 8) | (in.get() & 0xff);
      }
    }
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer content = in.slice(in.position(), length);
    in.position(in.position() + length);
    return content;
  }

  private static byte[] element(int tag, byte[]... parts) {
    var content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    var element = new ByteArrayOutputStream();
    element.write(tag);
    writeLength(element, content.size());
    element.writeBytes(content.toByteArray());
    return element.toByteArray();
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length < 0x80) {
      out.write(length);
      return;
    }
    int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / Byte.SIZE;
    out.write(0x80 | bytes);
    for (int shift = (bytes - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      out.write(length >> shift);
    }
  }

  private Der() {}
}
