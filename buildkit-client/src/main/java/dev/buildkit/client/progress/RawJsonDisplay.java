/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

/** The reports themselves, a line of JSON each. */
final class RawJsonDisplay implements Display {
  private final StringBuilder waiting = new StringBuilder();

  @Override
  public void update(SolveStatus status, long now) {
    waiting.append(StatusJson.of(status)).append('\n');
  }

  @Override
  public void draw(Page page, long now) {
    page.print(waiting.toString());
    waiting.setLength(0);
  }

  @Override
  public boolean unfinished() {
    return !waiting.isEmpty();
  }

  @Override
  public void finish(Page page, long now) {
    draw(page, now);
  }
}
