/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StatusJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  static List<String> recordings() throws IOException {
    return PlainDisplayTest.recordings();
  }

  /** What {@code buildctl --trace} wrote comes out as it went in. */
  @ParameterizedTest
  @MethodSource("recordings")
  void isWhatBuildctlWrites(String name) throws IOException {
    Path file = PlainDisplayTest.RECORDINGS.resolve(name + ".jsonl");
    List<JsonNode> written = new ArrayList<>();
    for (Recording.Arrival arrival : Recording.read(file).arrivals()) {
      written.add(JSON.readTree(StatusJson.of(arrival.status())));
    }

    List<JsonNode> expected = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode node = JSON.readTree(line);
      if (node.has("status")) {
        expected.add(node.get("status"));
      }
    }
    assertThat(written).isEqualTo(expected);
  }
}
