/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.gotext;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A piece of a template. */
sealed interface TemplateNode {
  /** Writes what the piece makes of the value that the dot stands for. */
  void render(StringBuilder out, @Nullable Object dot);

  /** Text that stands for itself. */
  record Text(String text) implements TemplateNode {
    @Override
    public void render(StringBuilder out, @Nullable Object dot) {
      out.append(text);
    }
  }

  /** A value in its place. */
  record Output(TemplateValue value) implements TemplateNode {
    @Override
    public void render(StringBuilder out, @Nullable Object dot) {
      out.append(GoText.of(value.of(dot)));
    }
  }

  /** Pieces for each element, or others where there is none. */
  record Range(TemplateValue list, List<TemplateNode> body, List<TemplateNode> otherwise)
      implements TemplateNode {
    @Override
    public void render(StringBuilder out, @Nullable Object dot) {
      Collection<?> elements = elements(list.of(dot));
      elements.forEach(element -> body.forEach(node -> node.render(out, element)));
      if (elements.isEmpty()) {
        otherwise.forEach(node -> node.render(out, dot));
      }
    }

    private Collection<?> elements(@Nullable Object value) {
      if (value instanceof Collection<?> elements) {
        return elements;
      }
      if (value instanceof Map<?, ?> map) {
        return map.values();
      }
      if (value == null) {
        return List.of();
      }
      throw list.failure("range can't iterate over " + GoText.of(value));
    }
  }

  /** Pieces for a value that is not empty, or others for one that is. */
  record If(TemplateValue condition, List<TemplateNode> body, List<TemplateNode> otherwise)
      implements TemplateNode {
    @Override
    public void render(StringBuilder out, @Nullable Object dot) {
      boolean holds = !GoStruct.isEmpty(condition.of(dot));
      (holds ? body : otherwise).forEach(node -> node.render(out, dot));
    }
  }
}
