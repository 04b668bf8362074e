/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.tls;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands between a {@code BEGIN} and an {@code END} line. */
final class PemBlock {
  private static final Pattern HEADED =
      Pattern.compile("\\s*((?:[A-Za-z-]+: [^\\r\\n]*\\R)+)\\R(.*)", Pattern.DOTALL);

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
    Matcher headed = HEADED.matcher(body);
    boolean has = headed.matches();
    String base64 = (has ? headed.group(2) : body).replaceAll("\\s", "");
    return new PemBlock(label, has ? headed.group(1) : "", Base64.getDecoder().decode(base64));
  }

  String label() {
    return label;
  }

  byte[] bytes() {
    return bytes.clone();
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
