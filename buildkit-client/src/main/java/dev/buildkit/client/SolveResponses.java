/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.buildkit.client.internal.json.LenientJson;
import dev.buildkit.client.solve.Descriptor;
import dev.buildkit.client.solve.SolveResult;
import dev.buildkit.llb.Digest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Reads what the daemon answers to a solve. */
final class SolveResponses {
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
      byte[] text = Base64.getDecoder().decode(base64);
      LenientJson json = LenientJson.parse(new String(text, UTF_8));
      return Optional.of(new Descriptor(
          json.text("mediaType"),
          Digest.parse(json.text("digest")),
          json.number("size"),
          json.texts("annotations")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
