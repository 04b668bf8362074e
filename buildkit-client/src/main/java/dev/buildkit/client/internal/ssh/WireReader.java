/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.ssh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Reads the types of SSH's messages, one after the other. What is too short for what it says it holds is a {@link
 * BufferUnderflowException}, and costs no memory before.
 */
public final class WireReader {
  private final ByteBuffer bytes;

  /** Reads bytes from the first on. */
  public WireReader(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  /** Returns the next byte. */
  public byte octet() {
    return bytes.get();
  }

  /** Returns the next number of 32 bits. */
  public int uint32() {
    return bytes.getInt();
  }

  /** Returns the next {@code string}, which may be any bytes. */
  public byte[] string() {
    int length = bytes.getInt();
    if (length < 0) {
      throw new BufferUnderflowException();
    }
    return next(length);
  }

  /** Returns the next {@code string}, which is a name. */
  String text() {
    return new String(string(), ISO_8859_1);
  }

  /** Returns the next {@code mpint}. */
  BigInteger mpint() {
    byte[] number = string();
    return number.length == 0 ? BigInteger.ZERO : new BigInteger(number);
  }

  /** Returns as many bytes as one wants. */
  byte[] next(int length) {
    if (length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] next = new byte[length];
    bytes.get(next);
    return next;
  }

  /** Returns all that is left. */
  byte[] rest() {
    return next(bytes.remaining());
  }
}
