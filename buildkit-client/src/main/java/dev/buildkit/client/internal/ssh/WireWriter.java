/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.ssh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/** Writes the types of SSH's messages, one after the other. */
public final class WireWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Writes a byte. */
  @CanIgnoreReturnValue
  public WireWriter octet(byte octet) {
    bytes.write(octet);
    return this;
  }

  /** Writes a number of 32 bits. */
  @CanIgnoreReturnValue
  public WireWriter uint32(int number) {
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    return this;
  }

  /** Writes a {@code string} of any bytes. */
  @CanIgnoreReturnValue
  public WireWriter string(byte[] string) {
    uint32(string.length);
    bytes.writeBytes(string);
    return this;
  }

  /** Writes a {@code string} that is a name. */
  @CanIgnoreReturnValue
  public WireWriter text(String text) {
    return string(text.getBytes(ISO_8859_1));
  }

  /** Writes an {@code mpint}, which is not zero. */
  @CanIgnoreReturnValue
  WireWriter mpint(BigInteger number) {
    return string(number.toByteArray());
  }

  /** Returns all that was written. */
  public byte[] toBytes() {
    return bytes.toByteArray();
  }
}
