/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.error;

import java.util.List;
import java.util.Locale;

/** Prints the failing lines of a file in the form that users of {@code buildctl} know. */
final class Excerpt {
  private static final String RULE = "-".repeat(20);

  private final List<LineRange> ranges;
  private final List<String> lines;

  private Excerpt(List<LineRange> ranges, List<String> lines) {
    this.ranges = ranges;
    this.lines = lines;
  }

  static String of(SourceLocation location) {
    Excerpt excerpt = new Excerpt(location.ranges(), location.text().lines().toList());
    return excerpt.print(location.filename());
  }

  private String print(String filename) {
    int first = ranges.stream().mapToInt(LineRange::first).min().orElse(0);
    if (first < 1 || first > lines.size()) {
      return "";
    }
    int last = ranges.stream().mapToInt(LineRange::last).max().orElse(first);
    // One failing line says less than several, so it gets more company.
    int around = first == last ? 2 : 1;
    StringBuilder text = new StringBuilder();
    text.append(filename).append(':').append(first).append('\n').append(RULE).append('\n');
    for (int n = Math.max(1, first - around); n <= lines.size() && n - around <= last; n++) {
      text.append(line(n)).append('\n');
    }
    return text.append(RULE).toString();
  }

  private String line(int number) {
    boolean failing = ranges.stream().anyMatch(range -> range.contains(number));
    String mark = failing ? ">>>" : "   ";
    return String.format(Locale.ROOT, "%4d | %s %s", number, mark, lines.get(number - 1))
        .stripTrailing();
  }
}
