/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import dev.buildkit.client.internal.fsutil.Regex.Assertion;
import dev.buildkit.client.internal.fsutil.Regex.State;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the regular expressions that {@link PathPattern} makes, with Go's rules.
 *
 * <p>Some signs of regular expressions pass from a pattern untouched, so almost all of Go's syntax can occur: alternatives,
 * counted repetition, classes and every escape. What cannot occur is left out: flags, lazy repetition and captures.
 */
final class RegexParser {
  private static final int MAX_REPEAT = 1000;

  private static final Assertion BEGIN = (before, after) -> before < 0;
  private static final Assertion END = (before, after) -> after < 0;
  private static final Assertion WORD_BOUNDARY =
      (before, after) -> CodePoints.WORD.test(before) != CodePoints.WORD.test(after);
  private static final Assertion NO_WORD_BOUNDARY =
      (before, after) -> !WORD_BOUNDARY.holds(before, after);

  private final RegexReader in;
  private int stateCount;

  private RegexParser(RegexReader in) {
    this.in = in;
  }

  /** Parses an expression, and fails if Go would. */
  static Regex parse(String expression) throws BadPatternException {
    RegexParser parser = new RegexParser(new RegexReader(expression));
    Fragment whole = parser.alternatives();
    parser.in.require(!parser.in.hasNext());
    State start = whole.before(State.end(parser.stateCount++));
    return new Regex(start, parser.stateCount);
  }

  /** A part of the expression, which builds its states once it knows what follows. */
  @FunctionalInterface
  private interface Fragment {
    State before(State next);
  }

  private Fragment alternatives() throws BadPatternException {
    List<Fragment> alternatives = new ArrayList<>(List.of(sequence()));
    while (in.skip('|')) {
      alternatives.add(sequence());
    }
    return next -> {
      State state = alternatives.get(0).before(next);
      for (Fragment other : alternatives.subList(1, alternatives.size())) {
        state = fork(state).first(other.before(next));
      }
      return state;
    };
  }

  private Fragment sequence() throws BadPatternException {
    List<Fragment> parts = new ArrayList<>();
    boolean repeated = false;
    while (in.hasNext() && !in.peeks('|') && !in.peeks(')')) {
      Repetition repetition = in.repetition();
      if (repetition != null) {
        in.require(!parts.isEmpty() && !repeated);
        parts.add(repeat(parts.remove(parts.size() - 1), repetition));
      } else if (in.skip("\\Q")) {
        addQuoted(parts);
      } else {
        parts.add(atom());
      }
      repeated = repetition != null;
    }
    return next -> before(parts, next);
  }

  private static State before(List<Fragment> parts, State next) {
    State state = next;
    for (int i = parts.size() - 1; i >= 0; i--) {
      state = parts.get(i).before(state);
    }
    return state;
  }

  /** Adds what stands between {@code \Q} and {@code \E}, each sign for itself. */
  private void addQuoted(List<Fragment> parts) throws BadPatternException {
    while (in.hasNext() && !in.skip("\\E")) {
      parts.add(take(CodePoints.only(in.next())));
    }
  }

  private Fragment repeat(Fragment part, Repetition repetition) throws BadPatternException {
    in.require(repetition.min() <= MAX_REPEAT && repetition.max() <= MAX_REPEAT);
    in.require(repetition.isEndless() || repetition.min() <= repetition.max());
    return next -> repeat(part, repetition, next);
  }

  private State repeat(Fragment part, Repetition repetition, State next) {
    State state = next;
    if (repetition.isEndless()) {
      state = fork(next);
      state.first(part.before(state));
    }
    for (int i = repetition.min(); i < repetition.max(); i++) {
      state = fork(next).first(part.before(state));
    }
    for (int i = 0; i < repetition.min(); i++) {
      state = part.before(state);
    }
    return state;
  }

  private Fragment atom() throws BadPatternException {
    int c = in.next();
    return switch (c) {
      case '(' -> group();
      case '[' -> take(in.characterClass());
      case '.' -> take(CodePoints.only('\n').negate());
      case '^' -> check(BEGIN);
      case '$' -> check(END);
      case '\\' -> escape();
      default -> take(CodePoints.only(c));
    };
  }

  private Fragment group() throws BadPatternException {
    Fragment inner = alternatives();
    in.require(in.skip(')'));
    return inner;
  }

  private Fragment escape() throws BadPatternException {
    Assertion assertion = assertion();
    return assertion == null ? take(in.escaped()) : check(assertion);
  }

  private @Nullable Assertion assertion() {
    if (in.skip('A')) {
      return BEGIN;
    }
    if (in.skip('z')) {
      return END;
    }
    if (in.skip('b')) {
      return WORD_BOUNDARY;
    }
    return in.skip('B') ? NO_WORD_BOUNDARY : null;
  }

  private Fragment take(IntPredicate codePoint) {
    return next -> State.take(stateCount++, codePoint, next);
  }

  private Fragment check(Assertion assertion) {
    return next -> State.check(stateCount++, assertion, next);
  }

  private State fork(State second) {
    return State.fork(stateCount++, second);
  }

  /** How often something may occur; {@code max} is {@code ENDLESS} if there is no limit. */
  record Repetition(int min, int max) {
    static final int ENDLESS = -1;

    boolean isEndless() {
      return max == ENDLESS;
    }
  }
}
