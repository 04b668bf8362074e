/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import dev.buildkit.client.internal.fsutil.RegexParser.Repetition;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The signs of a regular expression, one after the other: repetitions, classes and escapes. */
final class RegexReader {
  /** Larger than any limit; Go reads larger numbers as wrong ones too. */
  private static final int HUGE = 100_000_000;

  private static final int NONE = Integer.MIN_VALUE;

  private final String expression;
  private final int[] signs;
  private int index;

  RegexReader(String expression) {
    this.expression = expression;
    signs = expression.codePoints().toArray();
  }

  boolean hasNext() {
    return index < signs.length;
  }

  boolean peeks(int sign) {
    return hasNext() && signs[index] == sign;
  }

  boolean skip(int sign) {
    if (!peeks(sign)) {
      return false;
    }
    index++;
    return true;
  }

  boolean skip(String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      if (index + i == signs.length || signs[index + i] != ascii.charAt(i)) {
        return false;
      }
    }
    index += ascii.length();
    return true;
  }

  int next() throws BadPatternException {
    require(hasNext());
    return signs[index++];
  }

  void require(boolean condition) throws BadPatternException {
    if (!condition) {
      throw BadPatternException.of(ByteStrings.of(expression));
    }
  }

  /** Reads {@code *}, {@code ?} or a count in braces; returns null, and reads nothing, at anything else. */
  @Nullable
  Repetition repetition() {
    if (skip('*')) {
      return new Repetition(0, Repetition.ENDLESS);
    }
    if (skip('?')) {
      return new Repetition(0, 1);
    }
    int start = index;
    Repetition count = skip('{') ? count() : null;
    if (count == null) {
      index = start;
    }
    return count;
  }

  /** Reads {@code 2}, {@code 2,} or {@code 2,3} and the brace; anything else makes the brace before it a plain sign. */
  private @Nullable Repetition count() {
    int min = number();
    int max = min;
    if (skip(',')) {
      max = peeks('}') ? Repetition.ENDLESS : number();
      if (max < 0 && max != Repetition.ENDLESS) {
        return null;
      }
    }
    return min >= 0 && skip('}') ? new Repetition(min, max) : null;
  }

  private int number() {
    int start = index;
    int value = 0;
    while (hasNext() && Character.digit(signs[index], 10) >= 0 && signs[index] < 0x80) {
      value = Math.min(value * 10 + signs[index++] - '0', HUGE);
    }
    boolean leadingZero = index - start > 1 && signs[start] == '0';
    return index == start || leadingZero ? NONE : value;
  }

  /** Reads a class after its opening bracket. */
  IntPredicate characterClass() throws BadPatternException {
    boolean negated = skip('^');
    IntPredicate members = member();
    while (!skip(']')) {
      members = members.or(member());
    }
    return negated ? members.negate() : members;
  }

  private IntPredicate member() throws BadPatternException {
    if (skip("[:")) {
      IntPredicate named = posixClass();
      if (named != null) {
        return named;
      }
      index -= 2;
    }
    if (peeks('\\')) {
      IntPredicate set = escapedSet();
      if (set != null) {
        return set;
      }
    }
    int low = classSign();
    boolean isRange = peeks('-') && index + 1 < signs.length && signs[index + 1] != ']';
    if (!isRange) {
      return CodePoints.only(low);
    }
    index++;
    int high = classSign();
    require(low <= high);
    return CodePoints.range(low, high);
  }

  private int classSign() throws BadPatternException {
    return skip('\\') ? escapedSign() : next();
  }

  /** Reads the rest of {@code [:alpha:]}; returns null, and reads nothing, if it has no end. */
  private @Nullable IntPredicate posixClass() throws BadPatternException {
    int end = index;
    while (end + 1 < signs.length && (signs[end] != ':' || signs[end + 1] != ']')) {
      end++;
    }
    if (end + 1 >= signs.length) {
      return null;
    }
    boolean negated = skip('^');
    IntPredicate set = CodePoints.posix(new String(signs, index, end - index));
    require(set != null);
    index = end + 2;
    return negated && set != null ? set.negate() : set;
  }

  /** Reads what follows a backslash outside of a class, assertions aside. */
  IntPredicate escaped() throws BadPatternException {
    index--;
    IntPredicate set = escapedSet();
    return set == null ? CodePoints.only(classSign()) : set;
  }

  /** Reads {@code \d}, {@code \pL} and their like; returns null, and reads nothing, at other escapes. */
  private @Nullable IntPredicate escapedSet() throws BadPatternException {
    if (index + 1 == signs.length) {
      return null;
    }
    int letter = signs[index + 1];
    IntPredicate set = CodePoints.perl(letter);
    if (set != null) {
      index += 2;
      return set;
    }
    if (letter != 'p' && letter != 'P') {
      return null;
    }
    index += 2;
    return unicodeSet(letter == 'P');
  }

  private IntPredicate unicodeSet(boolean negated) throws BadPatternException {
    StringBuilder name = new StringBuilder();
    if (skip('{')) {
      while (!skip('}')) {
        name.appendCodePoint(next());
      }
    } else {
      name.appendCodePoint(next());
    }
    boolean caret = name.indexOf("^") == 0;
    IntPredicate set = CodePoints.unicode(name.substring(caret ? 1 : 0));
    if (set == null) {
      throw BadPatternException.of(ByteStrings.of(expression));
    }
    return negated != caret ? set.negate() : set;
  }

  /** Reads one sign after a backslash: a control, a number, or a sign that is no letter or digit and means itself. */
  private int escapedSign() throws BadPatternException {
    int c = next();
    return switch (c) {
      case 'a' -> 0x07;
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0b;
      case 'x' -> hexadecimal();
      case '0' -> octal(0);
      case '1', '2', '3', '4', '5', '6', '7' -> backReferenceOrOctal(c - '0');
      default -> punctuation(c);
    };
  }

  private int punctuation(int c) throws BadPatternException {
    require(c < 0x80 && !Character.isLetterOrDigit(c));
    return c;
  }

  private int backReferenceOrOctal(int first) throws BadPatternException {
    require(hasNext() && isOctal(signs[index]));
    return octal(first);
  }

  private int octal(int first) {
    int value = first;
    for (int i = 0; i < 2 && hasNext() && isOctal(signs[index]); i++) {
      value = value * 8 + signs[index++] - '0';
    }
    return value;
  }

  private static boolean isOctal(int c) {
    return c >= '0' && c <= '7';
  }

  private int hexadecimal() throws BadPatternException {
    if (!skip('{')) {
      return hexDigit() * 16 + hexDigit();
    }
    int value = hexDigit();
    while (!skip('}')) {
      value = value * 16 + hexDigit();
      require(value <= Character.MAX_CODE_POINT);
    }
    return value;
  }

  private int hexDigit() throws BadPatternException {
    int c = next();
    int digit = c < 0x80 ? Character.digit(c, 16) : -1;
    require(digit >= 0);
    return digit;
  }
}
