/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.pem;

import java.util.Base64;
import java.util.Optional;

/** What stands between a {@code BEGIN} and an {@code END} line. */
public final class PemBlock {
  private final String label;
  private final String headers;
  private final byte[] bytes;

  private PemBlock(String label, String headers, byte[] bytes) {
    this.label = label;
    this.headers = headers;
    this.bytes = bytes;
  }

  /**
   * Decodes the text between the two lines.
   *
   * @throws IllegalArgumentException if it is no base64
   */
  static PemBlock of(String label, String body) {
    // Headers end with an empty line. Base64 has no colons.
    String[] parts = body.strip().split("\\r?\\n\\h*\\r?\\n", 2);
    boolean headed = parts.length == 2 && parts[0].contains(": ");
    String base64 = (headed ? parts[1] : body).replaceAll("\\s", "");
    return new PemBlock(label, headed ? parts[0] : "", Base64.getDecoder().decode(base64));
  }

  /** Returns what the lines call it, such as {@code CERTIFICATE}. */
  public String label() {
    return label;
  }

  /** Returns a copy of what it holds. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Returns whether it is a key that only who knows a password can read, as far as PEM says so. */
  public boolean isEncrypted() {
    return label.startsWith("ENCRYPTED") || header("DEK-Info").isPresent();
  }

  /** Returns the value of a header, such as {@code DEK-Info}. */
  Optional<String> header(String name) {
    return headers
        .lines()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2).strip())
        .findFirst();
  }
}
