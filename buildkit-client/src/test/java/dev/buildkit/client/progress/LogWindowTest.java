/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogWindowTest {
  private final LogWindow window = new LogWindow(3, 10);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "one\\ntwo\\n                | one,two",
        "one\\ntwo\\nthree\\nfour    | two,three,four",
        "one\\ntwo\\nthree\\n        | one,two,three",
        "one\\n\\n\\nfour            | four",
        "a line of 14 c              | a line of,14 c",
        "10%\\r20%                   | 20%",
        "10%\\r20%\\n                | 20%",
        "abc\\rx                     | xbc",
        "abc\\b\\bX                  | aXc",
        "\\b\\bX                     | X",
        "a\\tb                       | a       b",
        "a\\t\\t\\tb                 | a        b",
        "\\e[31mred\\e[0m            | red",
        "\\e[38;5;12mblue            | blue",
        "one\\ntwo\\e[Aup            | oneup,two",
        "one\\ntwo\\e[1A\\e[2Kx      | '   x,two'",
        "one\\ntwo\\e[9Ax            | onex,two",
        "abc\\e[2DX                  | aXc",
        "abc\\e[9DX                  | Xbc",
        "a\\e[3Cb                    | a   b",
        "a\\e[Bb                     | 'a, b'",
        "one\\e[Ex                   | one,x",
        "one\\ntwo\\e[Fx             | xne,two",
        "abcdef\\e[3GX               | abXdef",
        "abc\\e[HX                   | Xbc",
        "abc\\e[2;2HX                | 'abc, X'",
        "abc\\e[2D\\e[K              | a",
        "abc\\e[2D\\e[1K             | '  c'",
        "abc\\e[2Kx                  | '   x'",
        "one\\ntwo\\e[2J             | ''",
        "one\\ntwo\\e[A\\e[J         | one",
        "one\\ntwo\\e[1J             | ''",
        "ab\\e7cd\\e8X               | abXd",
        "ab\\e[scd\\e[uX             | abXd",
        "\\e[?25lhidden\\e[?25h      | hidden",
        "\\e]0;title\\u0007text      | text",
        "\\e]0;title\\e\\\\ok        | ok",
        "\\e(Btext                   | text",
        "\\e[12;xtext                | text",
        "\\u0000\\u0007\\u0085text   | text",
      })
  void showsWhatATerminalWouldShow(String output, String lines) {
    write(unescaped(output));

    assertThat(trimmed()).isEqualTo(lines);
  }

  @Test
  void piecesEndAnywhere() {
    byte[] output = "h\u00e9 \ud83d\ude00\u001b[31m!\r\u001b[1CX".getBytes(UTF_8);
    for (byte piece : output) {
      window.write(ByteBuffer.wrap(new byte[] {piece}));
    }

    assertThat(window.lines()).containsExactly("hX \ud83d\ude00!");
    assertThat(window.bytes()).isEqualTo(output.length);
  }

  @Test
  void wideCharactersTakeTwoColumns() {
    write("\u65e5\u672c\u8a9e\u65e5\u672c\u8a9e");

    assertThat(window.lines()).containsExactly("\u65e5\u672c\u8a9e\u65e5\u672c", "\u8a9e");
  }

  @Test
  void halfOfAWideCharacterIsNotLeft() {
    write("\u65e5\u672c\r\u001b[1Cx");
    assertThat(window.lines()).containsExactly(" x\u672c");

    write("\r\u001b[2Cy");
    assertThat(window.lines()).containsExactly(" xy");
  }

  @Test
  void accentsGoToTheCharacterBefore() {
    write("e\u0301a\u0300".concat("\u0301".repeat(50)));

    assertThat(window.lines().get(0)).startsWith("e\u0301a\u0300").hasSizeLessThan(20);
  }

  @Test
  void whatIsNoTextIsShownAsSuch() {
    window.write(ByteBuffer.wrap(new byte[] {'n', (byte) 0xe4, 't'}));

    assertThat(window.lines()).containsExactly("n\ufffdt");
  }

  @Test
  void lessRoomLeavesTheLastLines() {
    write("one\ntwo\nthree");
    window.resize(2, 4);
    assertThat(window.lines()).containsExactly("two", "three".substring(0, 5));

    window.resize(4, 12);
    write("\nfour\nfive");
    assertThat(window.lines()).containsExactly("two", "three", "four", "five");
  }

  @Property
  void takesAnything(
      @ForAll @Size(max = 60) List<Byte> output,
      @ForAll @IntRange(min = 1, max = 5) int rows,
      @ForAll @IntRange(min = 1, max = 12) int columns) {
    byte[] bytes = new byte[output.size()];
    for (int i = 0; i < bytes.length; i++) {
      // Mostly commands.
      bytes[i] =
          (byte) "\u001b[];0129ABCDEFGHJKsu78?\n\r\b\tx".charAt(Math.floorMod(output.get(i), 28));
    }
    LogWindow any = new LogWindow(rows, columns);
    any.write(ByteBuffer.wrap(bytes));
    any.resize(columns, rows);
    any.write(ByteBuffer.wrap(bytes));

    assertThat(any.lines()).hasSizeLessThanOrEqualTo(columns);
  }

  private void write(String output) {
    window.write(ByteBuffer.wrap(output.getBytes(UTF_8)));
  }

  private String trimmed() {
    return String.join(",", window.lines());
  }

  private static String unescaped(String text) {
    return text.replace("\\e\\\\", "\u001b\\")
        .replace("\\u0000", "\0")
        .replace("\\u0007", "\u0007")
        .replace("\\u0085", "\u0085")
        .replace("\\e", "\u001b")
        .replace("\\n", "\n")
        .replace("\\r", "\r")
        .replace("\\b", "\b")
        .replace("\\t", "\t");
  }
}
