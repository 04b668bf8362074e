/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digest of bytes that come one after the other, in the form {@code sha256:…}. Not thread-safe. */
final class BlobDigest {
  private final String name;
  private final MessageDigest digest;

  private BlobDigest(String name, String algorithm) {
    this.name = name;
    try {
      this.digest = MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JVM has " + algorithm, e);
    }
  }

  /** Returns a digest of the algorithm that another has; SHA-256 for an empty one. */
  static BlobDigest like(String other) {
    return other.startsWith("sha512:")
        ? new BlobDigest("sha512", "SHA-512")
        : new BlobDigest("sha256", "SHA-256");
  }

  void update(ByteBuffer bytes) {
    digest.update(bytes);
  }

  void reset() {
    digest.reset();
  }

  /** Returns the digest of what has come; more may follow. */
  String current() {
    try {
      byte[] bytes = ((MessageDigest) digest.clone()).digest();
      return name + ":" + HexFormat.of().formatHex(bytes);
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("the JVM's own digests can be cloned", e);
    }
  }
}
