/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.gotext;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a template from its text. */
final class TemplateParser {
  private static final Pattern ACTION =
      Pattern.compile("\\{\\{(- )?\\s*(.*?)\\s*( -)?\\}\\}", Pattern.DOTALL);
  private static final Pattern BLOCK = Pattern.compile("(range|if)\\b");
  private static final Pattern VALUE = Pattern.compile(
      "(?:(json|len)\\s+)?(?:(\\.|(?:\\.[A-Za-z_][A-Za-z0-9_]*)+)|\"((?:[^\"\\\\]|\\\\.)*)\"|`([^`]*)`)");

  private final String text;
  private final Matcher actions;
  private int done;
  private boolean trim;
  private String last = "";

  TemplateParser(String text) {
    this.text = text;
    this.actions = ACTION.matcher(text);
  }

  List<TemplateNode> parse() {
    List<TemplateNode> nodes = block();
    if (!last.isEmpty()) {
      throw failure("unexpected {{" + last + "}}");
    }
    return nodes;
  }

  /** Reads until an {@code else} or {@code end}, which is then in {@code last}, or the end of the text. */
  private List<TemplateNode> block() {
    List<TemplateNode> nodes = new ArrayList<>();
    while (actions.find()) {
      addText(nodes, text.substring(done, actions.start()), actions.group(1) != null);
      done = actions.end();
      trim = actions.group(3) != null;
      String action = actions.group(2);
      if (action.equals("end") || action.equals("else")) {
        last = action;
        return nodes;
      }
      nodes.add(node(action));
    }
    addText(nodes, text.substring(done), false);
    done = text.length();
    last = "";
    return nodes;
  }

  private void addText(List<TemplateNode> nodes, String piece, boolean trimEnd) {
    if (piece.contains("{{")) {
      throw failure("unclosed action");
    }
    String kept = trim ? piece.stripLeading() : piece;
    kept = trimEnd ? kept.stripTrailing() : kept;
    if (!kept.isEmpty()) {
      nodes.add(new TemplateNode.Text(kept));
    }
  }

  private TemplateNode node(String action) {
    Matcher block = BLOCK.matcher(action);
    if (!block.lookingAt()) {
      return new TemplateNode.Output(value(action, actions.start(2)));
    }
    String word = block.group();
    String rest = action.substring(word.length()).strip();
    TemplateValue value = value(rest, actions.start(2) + action.indexOf(rest, word.length()));
    List<TemplateNode> body = block();
    List<TemplateNode> otherwise = last.equals("else") ? block() : List.of();
    if (!last.equals("end")) {
      throw failure("unexpected EOF");
    }
    last = "";
    return word.equals("if")
        ? new TemplateNode.If(value, body, otherwise)
        : new TemplateNode.Range(value, body, otherwise);
  }

  private TemplateValue value(String expression, int offset) {
    Matcher value = VALUE.matcher(expression);
    if (!value.matches()) {
      throw failure("this buildctl does not support {{" + expression
          + "}}, only fields, texts, json, len, range and if");
    }
    String function = value.group(1) == null ? "" : value.group(1);
    String position = line(offset) + ":" + (offset - text.lastIndexOf('\n', offset - 1) - 1);
    if (value.group(2) == null) {
      String literal = value.group(3) == null ? value.group(4) : unescape(value.group(3));
      return new TemplateValue(position, function, List.of(), literal);
    }
    String path = value.group(2).substring(1);
    List<String> names = path.isEmpty() ? List.of() : List.of(path.split("\\."));
    return new TemplateValue(position, function, names, null);
  }

  private static String unescape(String literal) {
    return literal
        .replace("\\n", "\n")
        .replace("\\t", "\t")
        .replace("\\\"", "\"")
        .replace("\\\\", "\\");
  }

  private long line(int offset) {
    return 1 + text.substring(0, offset).chars().filter(c -> c == '\n').count();
  }

  private IllegalArgumentException failure(String why) {
    return new IllegalArgumentException("template: :" + line(done) + ": " + why);
  }
}
