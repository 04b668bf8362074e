/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression with the rules of Go, as a machine that is in several states at once.
 *
 * <p>Patterns come from a daemon and mean what Go's {@code regexp} makes of them; {@code java.util.regex} differs in
 * classes, escapes and line ends. The time of a match is at most the product of the lengths of path and expression.
 */
final class Regex {
  private final State start;
  private final int stateCount;

  Regex(State start, int stateCount) {
    this.start = start;
    this.stateCount = stateCount;
  }

  /** Returns whether the expression matches somewhere in a {@linkplain ByteStrings string of bytes}. */
  boolean matches(String path) {
    return new Run(path).matches();
  }

  /** What must hold between two code points; they are -1 beyond the ends of the path. */
  @FunctionalInterface
  interface Assertion {
    boolean holds(int before, int after);
  }

  /** A place in the expression: the end, a code point to take, an assertion to pass, or a fork. */
  static final class State {
    private final int index;
    private final @Nullable IntPredicate codePoint;
    private final @Nullable Assertion assertion;
    private @Nullable State next;
    private @Nullable State fork;

    private State(
        int index,
        @Nullable IntPredicate codePoint,
        @Nullable Assertion assertion,
        @Nullable State next) {
      this.index = index;
      this.codePoint = codePoint;
      this.assertion = assertion;
      this.next = next;
    }

    static State end(int index) {
      return new State(index, null, null, null);
    }

    static State take(int index, IntPredicate codePoint, State next) {
      return new State(index, codePoint, null, next);
    }

    static State check(int index, Assertion assertion, State next) {
      return new State(index, null, assertion, next);
    }

    /** Returns a fork whose first way is set later, when it leads back here. */
    static State fork(int index, State second) {
      State state = new State(index, null, null, null);
      state.fork = second;
      return state;
    }

    State first(State first) {
      next = first;
      return this;
    }
  }

  private final class Run {
    private final String path;
    private final int[] enteredAt = new int[stateCount];
    private State[] current = new State[stateCount];
    private State[] following = new State[stateCount];
    private int size;
    private int step;
    private boolean matched;

    Run(String path) {
      this.path = path;
    }

    boolean matches() {
      int index = 0;
      int codePoint = codePointAt(0);
      begin(-1, codePoint);
      while (!matched && index < path.length()) {
        index += ByteStrings.width(path, index);
        int after = codePointAt(index);
        advance(codePoint, after);
        codePoint = after;
      }
      return matched;
    }

    private int codePointAt(int index) {
      return index == path.length() ? -1 : ByteStrings.codePoint(path, index);
    }

    private void begin(int before, int after) {
      step++;
      size = 0;
      enter(start, before, after);
    }

    private void advance(int taken, int after) {
      State[] previous = current;
      int previousSize = size;
      current = following;
      following = previous;
      begin(taken, after);
      for (int i = 0; i < previousSize; i++) {
        State state = previous[i];
        if (state.codePoint != null && state.codePoint.test(taken)) {
          enter(state.next, taken, after);
        }
      }
    }

    private void enter(@Nullable State state, int before, int after) {
      if (state == null || enteredAt[state.index] == step) {
        return;
      }
      enteredAt[state.index] = step;
      if (state.codePoint != null) {
        current[size++] = state;
      } else if (state.assertion == null) {
        matched |= state.fork == null;
        enter(state.next, before, after);
        enter(state.fork, before, after);
      } else if (state.assertion.holds(before, after)) {
        enter(state.next, before, after);
      }
    }
  }
}
