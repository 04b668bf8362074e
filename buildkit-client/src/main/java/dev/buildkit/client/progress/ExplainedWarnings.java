/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import java.util.ArrayList;
import java.util.List;

/** A display with the warnings of the solve behind it, each with all that is known about it. */
final class ExplainedWarnings implements Display {
  private final Display display;
  private final List<VertexWarning> warnings = new ArrayList<>();

  ExplainedWarnings(Display display) {
    this.display = display;
  }

  @Override
  public void update(SolveStatus status, long now) {
    warnings.addAll(status.warnings());
    display.update(status, now);
  }

  @Override
  public void draw(Page page, long now) {
    display.draw(page, now);
  }

  @Override
  public boolean unfinished() {
    return display.unfinished();
  }

  @Override
  public void finish(Page page, long now) {
    display.finish(page, now);
    if (!warnings.isEmpty()) {
      int count = warnings.size();
      page.print("\n " + count + (count == 1 ? " warning" : " warnings") + " found:\n");
      warnings.forEach(warning -> explain(warning, page));
    }
  }

  private static void explain(VertexWarning warning, Page page) {
    page.print(" - " + Columns.oneLine(warning.message()) + "\n");
    warning.detail().forEach(line -> page.print(Columns.oneLine(line) + "\n"));
    warning.url().ifPresent(url -> page.print("More info: " + Columns.oneLine(url) + "\n"));
    warning
        .source()
        .map(source -> source.excerpt())
        .filter(excerpt -> !excerpt.isEmpty())
        .ifPresent(excerpt -> page.print(excerpt + "\n"));
    page.newLine();
  }
}
