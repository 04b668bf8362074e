/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Bytes that do not change. */
public final class Content {
  private final byte[] bytes;

  private Content(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Returns a copy of the bytes. */
  public static Content of(byte[] bytes) {
    return new Content(bytes.clone());
  }

  /** Returns a copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Returns the bytes as UTF-8, with a replacement for what is none. */
  public String text() {
    return new String(bytes, UTF_8);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Content other && Arrays.equals(bytes, other.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Returns how many bytes there are. */
  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
