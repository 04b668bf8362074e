/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.source.ImageMetadata;
import dev.buildkit.client.source.ResolverOptions;
import dev.buildkit.client.source.SourceMetadataRequest;
import dev.buildkit.llb.Digest;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.OciLayoutSource;
import dev.buildkit.llb.Platform;
import dev.buildkit.llb.State;
import java.io.ByteArrayOutputStream;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Images in OCI layouts of the client are looked up through its session. */
@IntegrationTest
@Requires({Capability.BUILDKITD, Capability.IMAGE_ARCHIVES})
class LayoutMetadataIT {
  private LayoutStore store;
  private ResolverOptions options;
  private OciLayoutSource image;

  @BeforeEach
  void makeLayout(BuildKitClient client) throws Exception {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    Digest digest = client
        .solve(BaseImage.request(UUID.randomUUID().toString())
            .frontendAttr("platform", "linux/amd64,linux/arm64")
            .export(Exporter.oci(tar))
            .build())
        .imageDigest()
        .orElseThrow();
    store = new LayoutStore(tar.toByteArray());
    options = ResolverOptions.none().attach(store);
    image = OciLayoutSource.of("example.com/base@" + digest).store("base");
  }

  @Test
  void eachPlatformIsTold(BuildKitClient client) throws Exception {
    for (Platform platform : new Platform[] {Platform.LINUX_AMD64, Platform.LINUX_ARM64}) {
      ImageMetadata found = (ImageMetadata) client.resolveSourceMetadata(
          SourceMetadataRequest.of(image).platform(platform).options(options));

      assertThat(found.identifier()).isEqualTo(image.identifier());
      assertThat(image.identifier()).endsWith(found.digest().orElseThrow().toString());
      assertThat(found.config().env()).containsEntry("ARCH", platform.architecture());
    }
  }

  @Test
  void commandsRunAsTheImageSays(BuildKitClient client) throws Exception {
    State base =
        State.from(image.configResolver(client.imageConfigResolver(options)).configUser());
    Exec command = Exec.shell("test \"$PWD $(id -u)\" = \"/work/$ARCH 1234\"");

    assertThat(client.solve(
            SolveRequest.definition(base.run(command).marshal()).attach(store).build()))
        .isNotNull();
    assertThat(base.env()).containsKey("GREETING");
  }

  @Test
  void aMissingStoreIsNamed(BuildKitClient client) {
    assertThatThrownBy(() -> client.resolveSourceMetadata(SourceMetadataRequest.of(image)))
        .isInstanceOf(SolveException.class)
        .hasMessageStartingWith("failed to resolve " + image.identifier() + ": ");
  }
}
