/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.buildkit.client.solve.Descriptor;
import dev.buildkit.client.solve.SolveResult;
import dev.buildkit.llb.Digest;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads what the daemon answers to a solve. */
final class SolveResponses {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SolveResponses() {}

  static SolveResult result(String ref, Map<String, String> exporterResponse) {
    Optional<Descriptor> image = Optional.ofNullable(
            exporterResponse.get("containerimage.descriptor"))
        .flatMap(SolveResponses::descriptor);
    return new SolveResult(ref, exporterResponse, image);
  }

  /** The descriptor is a courtesy of the exporter: one that cannot be read is left to the raw map. */
  private static Optional<Descriptor> descriptor(String base64) {
    try {
      JsonNode json = JSON.readTree(Base64.getDecoder().decode(base64));
      Map<String, String> annotations = new LinkedHashMap<>();
      json.path("annotations")
          .properties()
          .forEach(entry -> annotations.put(entry.getKey(), entry.getValue().asText()));
      return Optional.of(new Descriptor(
          json.path("mediaType").asText(),
          Digest.parse(json.path("digest").asText()),
          json.path("size").asLong(),
          annotations));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
