/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.export.AnnotationType;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.session.RegistryAuth;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.SolveResult;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.State;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Images are pushed as the exporter says, and can be built from. Where the daemon runs in Docker there is no registry to push to. */
@IntegrationTest
@Requires(Capability.BUILDKITD)
class PushIT {
  private final String name = UUID.randomUUID().toString();

  @TempDir
  private Path out;

  @TestFactory
  Stream<DynamicTest> withARegistry(BuildKitClient client) {
    return Stream.ofNullable(System.getProperty("buildkit.registry"))
        .flatMap(registry -> Stream.of(
            dynamicTest(
                "pushed images can be built from",
                () -> pushAndBuildFrom(client, registry + "/" + name + ":1")),
            dynamicTest("an image is pushed by all its names", () -> pushNames(client, registry)),
            dynamicTest("a push by digest moves no tag", () -> pushByDigest(client, registry)),
            dynamicTest(
                "annotations go where they belong", () -> pushAnnotations(client, registry))));
  }

  private void pushNames(BuildKitClient client, String registry) throws Exception {
    String first = registry + "/" + name + "/a:1";
    String second = registry + "/" + name + "/b:2";
    SolveResult pushed =
        push(client, Exporter.image(first).addName(second).push().insecureRegistry());

    assertThat(pushed.imageName()).hasValue(first + "," + second);
    assertThat(manifest(registry, "a", "1")).isPresent().isEqualTo(manifest(registry, "b", "2"));
  }

  private void pushByDigest(BuildKitClient client, String registry) throws Exception {
    SolveResult pushed = push(
        client, Exporter.image(registry + "/" + name + "/c").pushByDigest().insecureRegistry());

    assertThat(manifest(registry, "c", pushed.imageDigest().orElseThrow().toString()))
        .isPresent();
    assertThat(manifest(registry, "c", "latest")).isEmpty();
  }

  private void pushAnnotations(BuildKitClient client, String registry) throws Exception {
    SolveResult pushed = push(
        client,
        Exporter.image(registry + "/" + name + "/d:1")
            .push()
            .insecureRegistry()
            .annotation("all", "each manifest")
            .annotation(AnnotationType.MANIFEST, "manifest", "each manifest, too"));

    assertThat(manifest(registry, "d", pushed.imageDigest().orElseThrow().toString())
            .orElseThrow())
        .contains("\"all\": \"each manifest\"", "\"manifest\": \"each manifest, too\"");
  }

  private SolveResult push(BuildKitClient client, Exporter exporter) throws InterruptedException {
    return client.solve(SolveRequest.definition(
            State.scratch().file(FileAction.mkfile("/unique", 0644, name)).marshal())
        .export(exporter)
        .build());
  }

  /** Asks the registry itself; empty if it knows no such image. */
  private Optional<String> manifest(String registry, String image, String reference)
      throws IOException {
    HttpURLConnection connection = (HttpURLConnection)
        new URL("http://" + registry + "/v2/" + name + "/" + image + "/manifests/" + reference)
            .openConnection();
    connection.setRequestProperty("Accept", "application/vnd.oci.image.manifest.v1+json");
    connection.setRequestProperty("Connection", "close");
    try (InputStream body = connection.getInputStream()) {
      return Optional.of(new String(body.readAllBytes(), UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } finally {
      connection.disconnect();
    }
  }

  private void pushAndBuildFrom(BuildKitClient client, String image) throws InterruptedException {
    SolveResult pushed = push(client, Exporter.image(image).push().insecureRegistry());
    assertThat(pushed.imageName()).hasValue(image);

    String pinned = image + "@" + pushed.imageDigest().orElseThrow();
    client.solve(SolveRequest.definition(State.image(pinned).marshal())
        .attach(RegistryAuth.anonymous())
        .export(Exporter.local(out))
        .build());
    assertThat(out.resolve("unique")).hasContent(name);
  }
}
