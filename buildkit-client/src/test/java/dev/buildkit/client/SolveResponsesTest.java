/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.client.solve.Descriptor;
import dev.buildkit.client.solve.SolveResult;
import dev.buildkit.llb.Digest;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SolveResponsesTest {
  private static final String DIGEST = "sha256:" + "a".repeat(64);

  @Test
  void readsDigestsAndDescriptor() {
    String json = "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\""
        + DIGEST + "\",\"size\":480,\"annotations\":{\"k\":\"v\"}}";
    SolveResult result = SolveResponses.result(
        "ref",
        Map.of(
            "containerimage.digest",
            DIGEST,
            "containerimage.config.digest",
            DIGEST,
            "image.name",
            "example.com/app:1",
            "containerimage.descriptor",
            Base64.getEncoder().encodeToString(json.getBytes(UTF_8))));

    assertThat(result.imageDigest()).contains(Digest.parse(DIGEST));
    assertThat(result.configDigest()).contains(Digest.parse(DIGEST));
    assertThat(result.imageName()).contains("example.com/app:1");
    assertThat(result.imageDescriptor())
        .contains(new Descriptor(
            "application/vnd.oci.image.manifest.v1+json",
            Digest.parse(DIGEST),
            480,
            Map.of("k", "v")));
  }

  @Test
  void unreadableDescriptorStaysInTheMap() {
    SolveResult result =
        SolveResponses.result("ref", Map.of("containerimage.descriptor", "no base64!"));

    assertThat(result.imageDescriptor()).isEmpty();
    assertThat(result.exporterResponse()).containsEntry("containerimage.descriptor", "no base64!");
  }

  @Test
  void filesHaveNoDigest() {
    SolveResult result = SolveResponses.result("ref", Map.of());

    assertThat(result.imageDigest()).isEmpty();
    assertThat(result.imageName()).isEmpty();
  }
}
