/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.error;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Lays out the message of a failed solve. */
final class FailureText {
  private static final String RULE = "-".repeat(6);

  private FailureText() {}

  static String of(SolveException.Builder failure) {
    StringJoiner text = new StringJoiner("\n").add(failure.summary);
    failure.notes.forEach(text::add);
    failure.sources.stream()
        .map(SourceLocation::excerpt)
        .filter(excerpt -> !excerpt.isEmpty())
        .forEach(text::add);
    addOutput(text, failure);
    return text.toString();
  }

  private static void addOutput(StringJoiner text, SolveException.Builder failure) {
    @Nullable String name = failure.vertexName;
    if (name == null && failure.logTail.isEmpty()) {
      return;
    }
    text.add(RULE).add(" > " + (name == null ? "output" : name) + ":");
    failure.logTail.forEach(text::add);
    text.add(RULE);
  }
}
