/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the README to what compiles. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern JAVA_BLOCK =
      Pattern.compile("^```java\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

  @ParameterizedTest
  @MethodSource("javaBlocks")
  void everyJavaBlockOccursInAnExample(String block) throws IOException {
    String code = withoutSpace(block);
    assertThat(sources().stream().anyMatch(source -> source.contains(code)))
        .as("is found below src, white space aside:%n%s", block)
        .isTrue();
  }

  @Test
  void everyLinkLeadsToAFile() throws IOException {
    assertThat(matches(LINK))
        .isNotEmpty()
        .allSatisfy(link -> assertThat(ROOT.resolve(link)).exists());
  }

  static List<String> javaBlocks() throws IOException {
    return matches(JAVA_BLOCK);
  }

  private static List<String> matches(Pattern pattern) throws IOException {
    return pattern
        .matcher(Files.readString(ROOT.resolve("README.md")))
        .results()
        .map(ReadmeTest::firstGroup)
        .toList();
  }

  private static String firstGroup(MatchResult match) {
    return match.group(1);
  }

  private static List<String> sources() throws IOException {
    try (Stream<Path> walk = Files.walk(Path.of("src"))) {
      return walk.filter(path -> path.toString().endsWith(".java"))
          .map(path -> withoutSpace(read(path)))
          .toList();
    }
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lines break elsewhere in the README, so all white space goes, that of texts too. */
  private static String withoutSpace(String code) {
    return code.replaceAll("\\s+", "");
  }
}
