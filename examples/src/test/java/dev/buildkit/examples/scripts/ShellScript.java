/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.scripts;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The commands and functions of a bash script, found in its text without running it. Understands the part of bash that the scripts of this
 * project use. A command that is computed, as in {@code "$java" -version}, is not found, nor is one that is an argument of a function.
 */
final class ShellScript {
  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_.-]*");
  private static final Pattern ASSIGNMENT =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\[.*])?\\+?=.*");

  /** Words after which the next one is a command. */
  private static final Set<String> OPENERS =
      Set.of("if", "then", "elif", "else", "while", "until", "do", "!", "{", "time");

  private static final Set<String> CLOSERS = Set.of("fi", "done", "esac", "}");

  /** Commands that run the one that follows their options. */
  private static final Set<String> PREFIXES = Set.of("env", "exec", "setsid", "timeout", "xargs");

  private final Set<String> commands = new TreeSet<>();
  private final Set<String> functions = new TreeSet<>();
  private final Deque<String> hereDocuments = new ArrayDeque<>();
  private final String text;
  private int position;

  /** Whether the next word is a command, or a word that introduces one. */
  private boolean atCommand = true;

  /** Whether a {@code case} awaits its patterns. */
  private boolean atPattern;

  /** The last word that began a command; {@code in} means another thing after {@code case} than after {@code for}. */
  private String opened = "";

  private ShellScript(String text) {
    this.text = text;
  }

  /** Reads a script. */
  static ShellScript parse(String text) {
    ShellScript script = new ShellScript(text);
    while (script.position < text.length()) {
      script.list();
    }
    return script;
  }

  /** Returns the names of commands that the script calls, its own functions and those of bash included. */
  Set<String> commands() {
    return commands;
  }

  /** Returns the names of the functions that the script defines. */
  Set<String> functions() {
    return functions;
  }

  /** Reads commands up to the end, or to the parenthesis that closes a list of them. */
  private void list() {
    boolean outerPattern = atPattern;
    atCommand = true;
    atPattern = false;
    while (position < text.length()) {
      char c = text.charAt(position);
      if (c == ')') {
        position++;
        if (!atPattern) {
          break;
        }
        atPattern = false;
        atCommand = true;
      } else {
        token(c);
      }
    }
    atPattern = outerPattern;
    atCommand = false;
  }

  private void token(char c) {
    switch (c) {
      case ' ', '\t' -> position++;
      case '#' -> position = endOfLine();
      case '\n' -> {
        position++;
        atCommand = true;
        skipHereDocuments();
      }
      case ';', '&', '|' -> {
        atPattern |= text.startsWith(";;", position);
        position += text.startsWith(";;", position) ? 2 : 1;
        atCommand = true;
      }
      case '(' -> parenthesis();
      case '<', '>' -> redirection(c);
      default -> {
        if (text.startsWith("\\\n", position)) {
          position += 2;
        } else {
          word(readWord());
        }
      }
    }
  }

  private void parenthesis() {
    if (text.startsWith("((", position)) {
      position += 2;
      skipArithmetic();
      atCommand = false;
    } else {
      position++;
      list();
    }
  }

  private void redirection(char c) {
    boolean before = atCommand;
    position++;
    if (peek('(')) {
      position++;
      list();
    } else if (c == '<' && text.startsWith("<", position) && !text.startsWith("<<", position)) {
      position++;
      skipBlanks();
      hereDocuments.add(readWord().replaceAll("['\"]", ""));
    } else {
      while (position < text.length() && "<>&|".indexOf(text.charAt(position)) >= 0) {
        position++;
      }
      skipBlanks();
      if (peek('<')) {
        return; // a process substitution: read as the next token
      }
      readWord();
    }
    atCommand = before;
  }

  private void word(String word) {
    boolean descriptor = (peek('<') || peek('>')) && word.matches("[0-9]+|\\{.*}");
    if (atPattern) {
      atPattern = !word.equals("esac");
    } else if (word.equals("in") && opened.equals("case")) {
      opened = "";
      atPattern = true;
    } else if (atCommand && !descriptor && !ASSIGNMENT.matcher(word).matches()) {
      command(word);
    }
  }

  private void command(String word) {
    if (text.startsWith("()", position)) {
      position += 2;
      functions.add(word);
    } else if (word.equals("[[")) {
      skipTest();
    } else if (PREFIXES.contains(opened) && (word.startsWith("-") || word.matches("[0-9]+"))) {
      return; // an option of the prefix
    } else if (!OPENERS.contains(word)) {
      opened = word;
      atCommand = PREFIXES.contains(word);
      if (NAME.matcher(word).matches() && !CLOSERS.contains(word)) {
        commands.add(word);
      }
      return;
    }
    opened = word;
  }

  /** Skips {@code [[ … ]]}, but finds the commands in its substitutions. */
  private void skipTest() {
    while (position < text.length()) {
      char c = text.charAt(position);
      if (" \t\n()<>&|".indexOf(c) >= 0) {
        position++;
      } else if (readWord().equals("]]")) {
        atCommand = false;
        return;
      }
    }
  }

  private void skipArithmetic() {
    for (int depth = 2; depth > 0; position++) {
      char c = text.charAt(position);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
  }

  /** Reads a word, with its quotes, and finds the commands in its substitutions. */
  private String readWord() {
    int start = position;
    while (position < text.length() && " \t\n;&|()<>".indexOf(text.charAt(position)) < 0) {
      readPart();
      if (text.charAt(position - 1) == '=' && peek('(')) {
        readArray();
      }
    }
    if (position == start) {
      throw new IllegalStateException("no word at: " + text.substring(start, endOfLine()));
    }
    return text.substring(start, position);
  }

  private void readArray() {
    position++;
    while (!peek(')')) {
      if (" \t\n".indexOf(text.charAt(position)) >= 0) {
        position++;
      } else if (peek('#')) {
        position = endOfLine();
      } else {
        readWord();
      }
    }
    position++;
  }

  /** Reads a character, or what belongs together. */
  private void readPart() {
    char c = text.charAt(position);
    if (c == '\\') {
      position += 2;
    } else if (c == '\'') {
      position = text.indexOf('\'', position + 1) + 1;
    } else if (c == '"') {
      position++;
      readUntil('"');
    } else if (text.startsWith("$((", position)) {
      position += 3;
      skipArithmetic();
    } else if (text.startsWith("$(", position)) {
      position += 2;
      substitution();
    } else if (text.startsWith("${", position)) {
      position += 2;
      readUntil('}');
    } else {
      position++;
    }
  }

  private void readUntil(char end) {
    while (!peek(end)) {
      if (end == '"' && peek('\'')) {
        position++; // an apostrophe
      } else {
        readPart();
      }
    }
    position++;
  }

  private void substitution() {
    boolean before = atCommand;
    String outer = opened;
    opened = "";
    list();
    opened = outer;
    atCommand = before;
  }

  private void skipHereDocuments() {
    while (!hereDocuments.isEmpty()) {
      String end = hereDocuments.remove();
      for (String line = ""; !line.equals(end); position++) {
        int start = position;
        position = endOfLine();
        line = text.substring(start, position);
      }
    }
  }

  private void skipBlanks() {
    while (peek(' ')) {
      position++;
    }
  }

  private boolean peek(char c) {
    return position < text.length() && text.charAt(position) == c;
  }

  private int endOfLine() {
    int end = text.indexOf('\n', position);
    return end < 0 ? text.length() : end;
  }
}
