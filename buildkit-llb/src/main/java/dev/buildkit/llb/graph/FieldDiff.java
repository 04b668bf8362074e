/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import java.util.Optional;

/**
 * A field that differs.
 *
 * <p>Names of users and passwords in addresses are left out of the values, and contents of files too.
 *
 * @param path in the names of BuildKit's protocol, such as {@code exec.meta.env[PATH]} or {@code
 *     source.attrs[local.unique]}: elements of lists by name where they have one, mounts by their
 *     target, all others by their position
 * @param before the value in the first graph, if it is there
 * @param after the value in the second graph, if it is there
 */
public record FieldDiff(String path, Optional<String> before, Optional<String> after) {
  /** Returns the path and both values on one line. */
  @Override
  public String toString() {
    return path + ": " + line(before) + " -> " + line(after);
  }

  private static String line(Optional<String> value) {
    return value.map(text -> PlainText.line(GoQuote.quote(text))).orElse("nothing");
  }
}
