/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;

/** Where a printer writes. */
interface Sink {

  /** Writes and flushes UTF-8 text; a character may be cut in two by the end of the bytes. */
  void write(byte[] text) throws IOException;

  static Sink of(OutputStream out) {
    return text -> {
      out.write(text);
      out.flush();
    };
  }

  static Sink of(Writer out) {
    Utf8Pieces pieces = new Utf8Pieces();
    return text -> {
      out.append(pieces.decode(text));
      out.flush();
    };
  }
}
