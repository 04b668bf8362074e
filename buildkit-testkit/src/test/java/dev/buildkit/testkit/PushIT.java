/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.session.RegistryAuth;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.SolveResult;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.State;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Images that are pushed can be built from. Where the daemon runs in Docker there is no registry to push to. */
@IntegrationTest
@Requires(Capability.IMAGE_ARCHIVES)
class PushIT {
  private final String name = UUID.randomUUID().toString();

  @TempDir
  private Path out;

  @TestFactory
  Stream<DynamicTest> withARegistry(BuildKitClient client) {
    return Stream.ofNullable(System.getProperty("buildkit.registry"))
        .map(registry -> dynamicTest(
            "pushed images can be built from",
            () -> pushAndBuildFrom(client, registry + "/" + name + ":1")));
  }

  private void pushAndBuildFrom(BuildKitClient client, String image) throws InterruptedException {
    SolveResult pushed = client.solve(SolveRequest.definition(
            State.scratch().file(FileAction.mkfile("/unique", 0644, name)).marshal())
        .attach(RegistryAuth.anonymous())
        .export(Exporter.image(image).push().insecureRegistry())
        .build());
    assertThat(pushed.imageName()).hasValue(image);

    String pinned = image + "@" + pushed.imageDigest().orElseThrow();
    client.solve(SolveRequest.definition(State.image(pinned).marshal())
        .attach(RegistryAuth.anonymous())
        .export(Exporter.local(out))
        .build());
    assertThat(out.resolve("unique")).hasContent(name);
  }
}
