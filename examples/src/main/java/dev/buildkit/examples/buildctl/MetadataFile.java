/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the exporters answered, as a JSON file. */
final class MetadataFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private MetadataFile() {}

  static void write(Path file, Map<String, String> response) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    new TreeMap<>(response)
        .forEach((key, value) -> decoded(value)
            .ifPresentOrElse(object -> json.set(key, object), () -> json.put(key, value)));
    AtomicFile.write(file, JSON.writer(printer()).writeValueAsBytes(json));
  }

  /** Some values are objects in the base64 form of their JSON. */
  private static Optional<JsonNode> decoded(String value) {
    try {
      JsonNode node = JSON.readTree(Base64.getDecoder().decode(value));
      return node.isObject() && !node.isEmpty() ? Optional.of(node) : Optional.empty();
    } catch (IllegalArgumentException | IOException e) {
      return Optional.empty();
    }
  }

  private static DefaultPrettyPrinter printer() {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    return new DefaultPrettyPrinter(Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
        .withObjectIndenter(indenter)
        .withArrayIndenter(indenter);
  }
}
