/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.InternalMetadata;
import io.grpc.Metadata;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileSyncHeadersTest {
  static Stream<Arguments> vectors() throws IOException {
    try (InputStream in = FileSyncHeadersTest.class.getResourceAsStream("vectors_headers.json")) {
      JsonNode rows = new ObjectMapper().readTree(Objects.requireNonNull(in));
      return StreamSupport.stream(rows.spliterator(), false)
          .map(row -> argumentSet(row.get("sent").toString(), row));
    }
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(JsonNode::textValue)
        .toList();
  }

  private static Metadata headers(String... keysAndValues) {
    byte[][] bytes =
        Stream.of(keysAndValues).map(text -> text.getBytes(UTF_8)).toArray(byte[][]::new);
    return InternalMetadata.newMetadata(bytes);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void valuesAreReadAsGoWritesThem(JsonNode row) {
    Metadata headers =
        row.get("encoded_flag").booleanValue() ? headers("followpaths-encoded", "1") : headers();
    for (String value : texts(row.get("sent"))) {
      headers.merge(headers("followpaths", value));
    }
    assertThat(FileSyncHeaders.filter(headers).followPaths()).isEqualTo(texts(row.get("values")));
  }

  @Test
  void commasDoNotSplitValues() {
    assertThat(FileSyncHeaders.values(headers("include-patterns", "a,b"), "include-patterns"))
        .containsExactly("a,b");
  }

  @Test
  void valuesOfOldDaemonsAreRawUtf8() {
    assertThat(FileSyncHeaders.filter(headers("exclude-patterns", "\u00fc")).excludePatterns())
        .containsExactly("\u00fc");
  }

  @Test
  void namesMayBeEscaped() {
    Metadata headers = headers("dir-name", "%C3%BC+x", "dir-name-encoded", "true");
    assertThat(FileSyncHeaders.directory(headers)).isEqualTo("\u00fc x");
  }

  @Test
  void companionsThatAreFalseMeanNothing() {
    Metadata headers = headers("dir-name", "%41", "dir-name-encoded", "0");
    assertThat(FileSyncHeaders.directory(headers)).isEqualTo("%41");
  }

  @Test
  void brokenEscapesAreRefused() {
    Metadata headers = headers("dir-name", "%4", "dir-name-encoded", "1");
    assertThatThrownBy(() -> FileSyncHeaders.directory(headers))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void absentHeadersAreEmpty() {
    assertThat(FileSyncHeaders.directory(headers())).isEmpty();
    assertThat(FileSyncHeaders.filter(headers()).includePatterns()).isEmpty();
  }
}
