/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import java.lang.Character.UnicodeScript;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Sets of code points that regular expressions of Go know by name. */
final class CodePoints {
  static final IntPredicate ALL = c -> true;

  private static final IntPredicate LOWER = range('a', 'z');
  private static final IntPredicate UPPER = range('A', 'Z');
  private static final IntPredicate ALPHA = LOWER.or(UPPER);
  private static final IntPredicate DIGIT = range('0', '9');
  private static final IntPredicate ALNUM = ALPHA.or(DIGIT);
  private static final IntPredicate GRAPH = range('!', '~');
  private static final IntPredicate BLANK = anyOf("\t ");

  /** What {@code \w} and the word boundary mean: ASCII only. */
  static final IntPredicate WORD = ALNUM.or(only('_'));

  private static final Map<Integer, IntPredicate> PERL =
      Map.of((int) 'd', DIGIT, (int) 's', anyOf("\t\n\f\r "), (int) 'w', WORD);

  private static final Map<String, IntPredicate> POSIX = Map.ofEntries(
      Map.entry("alnum", ALNUM),
      Map.entry("alpha", ALPHA),
      Map.entry("ascii", range(0, 0x7f)),
      Map.entry("blank", BLANK),
      Map.entry("cntrl", range(0, 0x1f).or(only(0x7f))),
      Map.entry("digit", DIGIT),
      Map.entry("graph", GRAPH),
      Map.entry("lower", LOWER),
      Map.entry("print", range(' ', '~')),
      Map.entry("punct", GRAPH.and(ALNUM.negate())),
      Map.entry("space", BLANK.or(range('\n', '\r'))),
      Map.entry("upper", UPPER),
      Map.entry("word", WORD),
      Map.entry("xdigit", DIGIT.or(range('a', 'f')).or(range('A', 'F'))));

  /** The short names of the general categories, by their numbers in {@link Character}. */
  private static final List<String> CATEGORIES = List.of(
      "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Me", "Mc", "Nd", "Nl", "No", "Zs", "Zl", "Zp",
      "Cc", "Cf", "", "Co", "Cs", "Pd", "Ps", "Pe", "Pc", "Po", "Sm", "Sc", "Sk", "So", "Pi", "Pf");

  private CodePoints() {}

  static IntPredicate only(int codePoint) {
    return c -> c == codePoint;
  }

  static IntPredicate range(int low, int high) {
    return c -> low <= c && c <= high;
  }

  private static IntPredicate anyOf(String chars) {
    return c -> chars.indexOf(c) >= 0;
  }

  /** Returns the set of an escape such as {@code \d} or its complement {@code \D}, or null for other letters. */
  static @Nullable IntPredicate perl(int letter) {
    IntPredicate set = PERL.get(letter);
    IntPredicate complement = PERL.get(Character.toLowerCase(letter));
    return set != null || complement == null ? set : complement.negate();
  }

  /** Returns the set of a name such as {@code alpha}, or null for other names. */
  static @Nullable IntPredicate posix(String name) {
    return POSIX.get(name);
  }

  /** Returns the set of a general category or script such as {@code Lu} or {@code Greek}, or null for other names. */
  static @Nullable IntPredicate unicode(String name) {
    String category = capitalized(name);
    return switch (category) {
      case "Any" -> ALL;
      case "Ascii" -> POSIX.get("ascii");
      case "Assigned" -> c -> Character.getType(c) != Character.UNASSIGNED;
      case "Lc" -> c -> isIn(c, "Lu") || isIn(c, "Ll") || isIn(c, "Lt");
      default -> isCategory(category) ? c -> isIn(c, category) : script(name);
    };
  }

  private static boolean isCategory(String name) {
    return !name.isEmpty() && CATEGORIES.stream().anyMatch(known -> known.startsWith(name));
  }

  private static boolean isIn(int codePoint, String category) {
    return CATEGORIES.get(Character.getType(codePoint)).startsWith(category);
  }

  private static String capitalized(String name) {
    return name.isEmpty()
        ? name
        : name.substring(0, 1).toUpperCase(Locale.ROOT)
            + name.substring(1).toLowerCase(Locale.ROOT);
  }

  private static @Nullable IntPredicate script(String name) {
    try {
      UnicodeScript script = UnicodeScript.forName(name);
      return c -> UnicodeScript.of(c) == script;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
