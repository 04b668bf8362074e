/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SourceLocationTest {
  @Test
  void oneLineIsShownWithTwoLinesOnEachSide() {
    assertThat(in(lines(12), new LineRange(9, 9)).excerpt()).isEqualTo("""
            Dockerfile:9
            --------------------
               7 |     line 7
               8 |     line 8
               9 | >>> line 9
              10 |     line 10
              11 |     line 11
            --------------------""");
  }

  @Test
  void severalLinesAreShownWithOneLineOnEachSide() {
    assertThat(in("FROM a\n\nRUN b && \\\n  c\n\nRUN d\n", new LineRange(3, 4)).excerpt())
        .isEqualTo("""
            Dockerfile:3
            --------------------
               2 |
               3 | >>> RUN b && \\
               4 | >>>   c
               5 |
            --------------------""");
  }

  @Test
  void linesBetweenRangesAreNotMarked() {
    assertThat(in(lines(6), new LineRange(4, 4), new LineRange(2, 2)).excerpt()).isEqualTo("""
            Dockerfile:2
            --------------------
               1 |     line 1
               2 | >>> line 2
               3 |     line 3
               4 | >>> line 4
               5 |     line 5
            --------------------""");
  }

  @Test
  void excerptsEndWithTheFile() {
    assertThat(in("FROM a", new LineRange(1, Integer.MAX_VALUE)).excerpt()).isEqualTo("""
            Dockerfile:1
            --------------------
               1 | >>> FROM a
            --------------------""");
  }

  @Test
  void whatIsNotInTheFileHasNoExcerpt() {
    assertThat(in(lines(3), new LineRange(4, 4)).excerpt()).isEmpty();
    assertThat(in(lines(3)).excerpt()).isEmpty();
    assertThat(in("", new LineRange(1, 1)).excerpt()).isEmpty();
  }

  @Test
  void numbersDoNotDependOnTheLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThat(in("FROM a", new LineRange(1, 1)).excerpt()).contains("   1 | >>> FROM a");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void textIsFileAndFirstLine() {
    assertThat(in(lines(3), new LineRange(2, 3))).hasToString("Dockerfile:2");
    assertThat(in(lines(3))).hasToString("Dockerfile");
  }

  @Test
  void rangesAreCopied() {
    List<LineRange> ranges = new ArrayList<>(List.of(new LineRange(1, 1)));
    SourceLocation location = new SourceLocation("Dockerfile", "Dockerfile", "FROM a", ranges);
    ranges.clear();
    assertThat(location.ranges()).containsExactly(new LineRange(1, 1));
  }

  @Test
  void rangesCountFromOneAndUpwards() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LineRange(0, 3))
        .withMessage("line range 0 to 3 must start at 1 or later and not end before it starts");
    assertThatIllegalArgumentException().isThrownBy(() -> new LineRange(3, 2));
  }

  private static SourceLocation in(String text, LineRange... ranges) {
    return new SourceLocation("Dockerfile", "Dockerfile", text, List.of(ranges));
  }

  private static String lines(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(n -> "line " + n + "\n")
        .collect(Collectors.joining());
  }
}
