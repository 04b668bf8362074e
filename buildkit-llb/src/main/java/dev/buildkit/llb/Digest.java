/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The hash of some content, written as in OCI: {@code sha256:} and 64 lower-case hexadecimal digits.
 *
 * <p>Operations of a {@link Definition}, image manifests and layers are all named by their digest.
 */
public final class Digest {
  private static final Map<String, Integer> HEX_LENGTHS =
      Map.of("sha256", 64, "sha384", 96, "sha512", 128);
  private static final Pattern HEX = Pattern.compile("[0-9a-f]+");

  private static final Pattern OF_OPERATION = Pattern.compile("sha256:[0-9a-f]{64}");

  private final String text;

  private Digest(String text) {
    this.text = text;
  }

  /**
   * Returns the digest that {@code text} spells; the inverse of {@link #toString()}.
   *
   * @param text such as {@code sha256:2c26b4…}; the algorithm is sha256, sha384 or sha512
   * @throws IllegalArgumentException if {@code text} is no digest
   */
  public static Digest parse(String text) {
    requireNonNull(text, "text");
    int colon = text.indexOf(':');
    if (colon <= 0) {
      throw invalid(text, "it has no algorithm; write it as algorithm:hex, such as sha256:2c26b4…");
    }
    Integer length = HEX_LENGTHS.get(text.substring(0, colon));
    if (length == null) {
      throw invalid(text, "unsupported digest algorithm; use sha256, sha384 or sha512");
    }
    String hex = text.substring(colon + 1);
    if (hex.length() != length) {
      throw invalid(text, "invalid checksum digest length; it needs " + length + " hex digits");
    }
    if (!HEX.matcher(hex).matches()) {
      throw invalid(text, "invalid checksum digest format; use the digits 0-9 and a-f only");
    }
    return new Digest(text);
  }

  /** Returns whether {@code text} is the digest of an operation, which is always made with SHA-256. */
  static boolean isOfOperation(String text) {
    return OF_OPERATION.matcher(text).matches();
  }

  /** Returns the SHA-256 digest of {@code content}. */
  public static Digest sha256(byte[] content) {
    return sha256(ByteBuffer.wrap(content));
  }

  static Digest sha256(ByteBuffer content) {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      hash.update(content);
      return new Digest("sha256:" + HexFormat.of().formatHex(hash.digest()));
    } catch (NoSuchAlgorithmException e) {
      // Every Java platform must provide SHA-256.
      throw new IllegalStateException(e);
    }
  }

  /** Returns the name of the hash function, such as {@code sha256}. */
  public String algorithm() {
    return text.substring(0, text.indexOf(':'));
  }

  /** Returns the hash in lower-case hexadecimal digits, without the algorithm. */
  public String hex() {
    return text.substring(text.indexOf(':') + 1);
  }

  private static IllegalArgumentException invalid(String text, String reason) {
    return new IllegalArgumentException("parse digest \"" + text + "\": " + reason);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Digest other && text.equals(other.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Returns the digest as {@code algorithm:hex}. */
  @Override
  public String toString() {
    return text;
  }
}
