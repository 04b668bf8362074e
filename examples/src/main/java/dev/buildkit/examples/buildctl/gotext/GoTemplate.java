/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.gotext;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of Go's templates that formats of tools are made of: text, fields ({@code {{.ID}}}, {@code {{.A.B}}}), {@code json} and
 * {@code len} of them, string literals, {@code range}, {@code if}, {@code else}, {@code end}, and trim markers. Variables, pipes,
 * comparisons and other functions are refused.
 */
public final class GoTemplate {
  private final List<TemplateNode> nodes;

  private GoTemplate(List<TemplateNode> nodes) {
    this.nodes = nodes;
  }

  /**
   * Returns the template of a text; {@code json} alone stands for {@code {{json .}}}.
   *
   * @throws IllegalArgumentException if the text is no template, or one of another kind than those above
   */
  public static GoTemplate parse(String text) {
    return new GoTemplate(new TemplateParser(text.equals("json") ? "{{json .}}" : text).parse());
  }

  /**
   * Returns the text that the template makes of a value.
   *
   * @throws IllegalArgumentException if the value has not what the template names
   */
  public String apply(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    nodes.forEach(node -> node.render(out, value));
    return out.toString();
  }
}
