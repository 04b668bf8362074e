/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Text in which some bytes are written as {@code %XX}. */
final class Percent {
  private Percent() {}

  /**
   * Returns the text that is meant.
   *
   * @throws IllegalArgumentException if two hex digits do not follow each percent sign
   */
  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int at = 0;
    for (int next = text.indexOf('%'); next >= 0; next = text.indexOf('%', at)) {
      bytes.writeBytes(text.substring(at, next).getBytes(StandardCharsets.UTF_8));
      bytes.write(hexByte(text, next + 1));
      at = next + "%XX".length();
    }
    bytes.writeBytes(text.substring(at).getBytes(StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static int hexByte(String text, int at) {
    int high = at + 1 < text.length() ? Character.digit(text.charAt(at), 16) : -1;
    int low = at + 1 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
    if (high < 0 || low < 0) {
      throw new IllegalArgumentException(
          "\"" + text + "\" has a % without two hex digits; write % as %25");
    }
    return high * 16 + low;
  }
}
