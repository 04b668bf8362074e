/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.source.ChecksumAlgorithm;
import dev.buildkit.client.source.HttpMetadata;
import dev.buildkit.client.source.SourceMetadataRequest;
import dev.buildkit.llb.Digest;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.HttpSource;
import dev.buildkit.llb.ImageSource;
import dev.buildkit.llb.NetworkMode;
import dev.buildkit.llb.Platform;
import dev.buildkit.llb.ResolveMode;
import dev.buildkit.llb.ResolvedImage;
import dev.buildkit.llb.State;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Docker Engines look images up as well, old ones nothing else. */
@IntegrationTest
class EngineMetadataIT {
  private final String name = UUID.randomUUID().toString();

  @ParameterizedTest
  @MethodSource("dev.buildkit.testkit.DockerEngine#all")
  void eachPlatformHasItsOwnConfig(DockerEngine engine, BuildKitClient client) throws Exception {
    String registry = System.getProperty("buildkit.registry", "");
    assumeTrue(!registry.isEmpty(), "there is no registry that engine and daemon reach");
    String image = registry + "/" + name + ":1";
    Digest index = BaseImage.push(client, image, "hello");
    try (BuildKitClient inEngine = connect(engine)) {
      for (Platform platform : new Platform[] {Platform.LINUX_AMD64, Platform.LINUX_ARM64}) {
        ResolvedImage found =
            inEngine.imageConfigResolver().resolve(image, platform, ResolveMode.FORCE_PULL);

        assertThat(found.reference()).isEqualTo(image);
        assertThat(found.digest()).hasValue(index);
        assertThat(found.config().env()).containsEntry("ARCH", platform.architecture());
        assertThat(found.config().user()).isEqualTo("1234:5678");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.buildkit.testkit.DockerEngine#all")
  void commandsRunAsTheImageSays(DockerEngine engine) throws Exception {
    String image = "base-in-" + engine + ":" + name;
    try (BuildKitClient client = connect(engine)) {
      client.solve(
          BaseImage.request("hello").export(Exporter.docker().addName(image)).build());
      State base = State.from(ImageSource.of(image)
              .resolveMode(ResolveMode.PREFER_LOCAL)
              .configResolver(client.imageConfigResolver())
              .configUser())
          .network(NetworkMode.NONE);
      Exec command = Exec.shell("test \"$GREETING $(id -u)\" = 'hello 1234'");

      assertThat(
              client.solve(SolveRequest.definition(base.run(command).marshal()).build()))
          .isNotNull();
    } finally {
      engine.removeImage(image);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.buildkit.testkit.DockerEngine#all")
  void aMissingImageIsNamed(DockerEngine engine) throws Exception {
    String image = "127.0.0.1:1/" + name + ":1";
    SourceMetadataRequest request = SourceMetadataRequest.of(ImageSource.of(image));
    try (BuildKitClient client = connect(engine)) {
      assertThatThrownBy(() -> client.resolveSourceMetadata(request))
          .isInstanceOf(SolveException.class)
          .hasMessageStartingWith("failed to resolve docker-image://" + image + ": ");
    }
  }

  @ParameterizedTest
  @MethodSource("dev.buildkit.testkit.DockerEngine#all")
  void whatAnEngineCannotFindOutIsSaid(DockerEngine engine) throws Exception {
    byte[] file = name.getBytes(UTF_8);
    try (WebServer server = new WebServer(file);
        BuildKitClient client = connect(engine)) {
      String url = server.url("/file");
      SourceMetadataRequest request = SourceMetadataRequest.of(HttpSource.of(url));
      String lack =
          engine.isOld() ? "lacks the capability source.metaresolver" : "tells of images alone";

      try {
        HttpMetadata found = (HttpMetadata) client.resolveSourceMetadata(request);

        assertThat(found.digest()).isEqualTo(Digest.sha256(file));
      } catch (BuildKitException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(e)
            .hasMessage("resolve " + url + " on " + client.address() + ": this daemon " + lack
                + "; it needs BuildKit 0.26 or later");
        assertThatThrownBy(
                () -> client.resolveSourceMetadata(request.checksum(ChecksumAlgorithm.SHA512)))
            .hasMessage("resolve " + url + " on " + client.address()
                + ": this daemon lacks the capability source.metaresolver.http.checksumrequest;"
                + " it needs BuildKit 0.28 or later");
      }
    }
  }

  private static BuildKitClient connect(DockerEngine engine) throws InterruptedException {
    return Daemon.connect(engine.transport());
  }
}
