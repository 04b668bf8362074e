/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import java.nio.CharBuffer;

/**
 * Tells the text that a command writes to a terminal from the commands in between.
 *
 * <p>Both may come in pieces. Titles, character sets and commands of unknown kinds are read over.
 * Not thread-safe.
 */
final class ControlSequences {
  private static final int MAX_ARGUMENTS = 64;
  private static final char ESCAPE = '\u001b';
  private static final char BELL = '\u0007';

  /** What is done with each of them. */
  interface Receiver {
    /** Takes a character of text. */
    void text(int character);

    /** Takes a control character, such as a line feed. */
    void control(char character);

    /**
     * Takes a command.
     *
     * @param name the character that it ends with
     * @param arguments what is in front of that, such as {@code 1;2}; empty for a command without
     *     the bracket
     */
    void command(char name, String arguments);
  }

  private enum State {
    TEXT,
    ESCAPED,
    ARGUMENTS,
    CHARACTER_SET,
    STRING,
    STRING_ESCAPED
  }

  private final Receiver receiver;
  private final StringBuilder arguments = new StringBuilder();
  private State state = State.TEXT;
  private char highSurrogate;

  ControlSequences(Receiver receiver) {
    this.receiver = receiver;
  }

  void read(CharBuffer characters) {
    while (characters.hasRemaining()) {
      read(characters.get());
    }
  }

  private void read(char next) {
    switch (state) {
      case TEXT -> readText(next);
      case ESCAPED -> readEscaped(next);
      case ARGUMENTS -> readArguments(next);
      case CHARACTER_SET -> state = State.TEXT;
      case STRING ->
        state = next == BELL ? State.TEXT : next == ESCAPE ? State.STRING_ESCAPED : State.STRING;
      case STRING_ESCAPED -> state = next == '\\' ? State.TEXT : State.STRING;
    }
  }

  private void readText(char next) {
    if (next == ESCAPE) {
      state = State.ESCAPED;
    } else if (Character.isISOControl(next)) {
      receiver.control(next);
    } else if (Character.isHighSurrogate(next)) {
      highSurrogate = next;
    } else if (Character.isLowSurrogate(next)) {
      receiver.text(Character.toCodePoint(highSurrogate, next));
    } else {
      receiver.text(next);
    }
  }

  private void readEscaped(char next) {
    arguments.setLength(0);
    switch (next) {
      case '[' -> state = State.ARGUMENTS;
      case ']', 'P', 'X', '^', '_' -> state = State.STRING;
      case '(', ')', '*', '+', '#', '%' -> state = State.CHARACTER_SET;
      case ESCAPE -> state = State.ESCAPED;
      default -> {
        state = State.TEXT;
        receiver.command(next, "");
      }
    }
  }

  private void readArguments(char next) {
    if (next >= '@' && next <= '~') {
      state = State.TEXT;
      receiver.command(next, arguments.toString());
    } else if (next == ESCAPE) {
      state = State.ESCAPED;
    } else if (arguments.length() < MAX_ARGUMENTS) {
      arguments.append(next);
    }
  }
}
