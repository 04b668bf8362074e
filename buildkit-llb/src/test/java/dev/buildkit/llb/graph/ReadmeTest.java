/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the README to programs that compile and to what they print. */
class ReadmeTest {
  private static final Path COURSE = Path.of("src/test/java/dev/buildkit/llb/graph/Course.java");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

  @Test
  void theSectionsAreThoseOfTheCourse() throws IOException {
    assertThat(sections())
        .extracting(Section::heading)
        .startsWith(Course.sections().keySet().toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("sections")
  void codeIsThatOfTheCourse(Section section) throws IOException {
    String course = withoutSpace(Files.readString(COURSE));

    assertThat(section.blocks("java"))
        .allSatisfy(block -> assertThat(course).contains(withoutSpace(block)));
  }

  @ParameterizedTest
  @MethodSource("sections")
  void whatIsPrintedIsThere(Section section) {
    if (Course.sections().containsKey(section.heading)) {
      String printed = Course.sections().get(section.heading).get();

      assertThat(section.blocks("java")).isNotEmpty();
      assertThat(
              Stream.of("text", "mermaid").flatMap(language -> section.blocks(language).stream()))
          .containsExactly(printed);
    }
  }

  @Test
  void everyLinkLeadsToAFile() throws IOException {
    assertThat(LINK.matcher(readme()).results().map(link -> link.group(1)))
        .isNotEmpty()
        .allSatisfy(link -> assertThat(Path.of(link)).exists());
  }

  /** What stands below a heading. */
  record Section(String heading, String text) {
    List<String> blocks(String language) {
      return Pattern.compile(
              "^```" + language + "\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
          .matcher(text)
          .results()
          .map(block -> block.group(1))
          .toList();
    }

    @Override
    public String toString() {
      return heading;
    }
  }

  static List<Section> sections() throws IOException {
    return Arrays.stream(readme().split("\n## "))
        .skip(1)
        .map(text -> new Section(text.lines().findFirst().orElseThrow(), text))
        .toList();
  }

  private static String readme() throws IOException {
    return Files.readString(Path.of("README.md"));
  }

  /** Lines break elsewhere in the README, so all white space goes, that of texts too. */
  private static String withoutSpace(String code) {
    return code.replaceAll("\\s+", "");
  }
}
