/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.ByteArrayOutputStream;

/** What a display has drawn and nobody has written out yet: UTF-8 text and bytes as they came. */
final class Page {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @CanIgnoreReturnValue
  Page print(String text) {
    bytes.writeBytes(text.getBytes(UTF_8));
    return this;
  }

  @CanIgnoreReturnValue
  Page print(byte[] text) {
    bytes.writeBytes(text);
    return this;
  }

  @CanIgnoreReturnValue
  Page newLine() {
    bytes.write('\n');
    return this;
  }

  /** Returns what was drawn since the last call. */
  byte[] take() {
    byte[] taken = bytes.toByteArray();
    bytes.reset();
    return taken;
  }
}
