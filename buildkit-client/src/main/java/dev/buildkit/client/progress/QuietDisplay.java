/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

/** Nothing. */
final class QuietDisplay implements Display {
  @Override
  public void update(SolveStatus status, long now) {}

  @Override
  public void draw(Page page, long now) {}

  @Override
  public boolean unfinished() {
    return false;
  }

  @Override
  public void finish(Page page, long now) {}
}
