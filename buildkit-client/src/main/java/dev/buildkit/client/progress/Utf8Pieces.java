/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static java.nio.charset.CodingErrorAction.REPLACE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;

/** Decodes UTF-8 that comes in pieces, with U+FFFD in the place of what is not UTF-8. */
final class Utf8Pieces {
  private final CharsetDecoder decoder =
      UTF_8.newDecoder().onMalformedInput(REPLACE).onUnmappableCharacter(REPLACE);

  /** The beginning of a character that the next piece goes on with. */
  private byte[] rest = {};

  /** Returns the characters that end within the piece. */
  CharBuffer decode(byte[] piece) {
    ByteBuffer bytes =
        ByteBuffer.allocate(rest.length + piece.length).put(rest).put(piece).flip();
    CharBuffer chars = CharBuffer.allocate(bytes.remaining());
    decoder.decode(bytes, chars, false);
    rest = new byte[bytes.remaining()];
    bytes.get(rest);
    return chars.flip();
  }
}
