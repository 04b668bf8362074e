/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.SourcePolicy;
import dev.buildkit.client.source.ResolverOptions;
import dev.buildkit.llb.Constraints;
import dev.buildkit.llb.Definition;
import dev.buildkit.llb.Digest;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.ImageConfig;
import dev.buildkit.llb.ImageConfigResolver;
import dev.buildkit.llb.ImageSource;
import dev.buildkit.llb.Platform;
import dev.buildkit.llb.ResolveMode;
import dev.buildkit.llb.ResolvedImage;
import dev.buildkit.llb.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graphs learn from the daemon what the images say that they start from. */
@IntegrationTest
@Requires(Capability.BUILDKITD)
class ImageConfigResolverIT {
  private final String name = UUID.randomUUID().toString();

  @TempDir
  private Path out;

  static Stream<String> registries() {
    return Stream.ofNullable(System.getProperty("buildkit.registry"));
  }

  @RegistryTest
  void commandsRunAsTheImageSays(String registry, BuildKitClient client) throws Exception {
    String image = registry + "/" + name + ":1";
    Digest unused = BaseImage.push(client, image, "hello");
    State base = State.from(
        ImageSource.of(image).configResolver(client.imageConfigResolver()).configUser());

    assertThat(output(client, base))
        .isEqualTo("hello /work/" + base.env().get("ARCH") + " 1234:5678\n");
  }

  @RegistryTest
  void commandsRunAsRootUnlessTheUserIsWanted(String registry, BuildKitClient client)
      throws Exception {
    String image = registry + "/" + name + ":1";
    Digest unused = BaseImage.push(client, image, "hello");
    State base = State.from(ImageSource.of(image).configResolver(client.imageConfigResolver()));

    assertThat(output(client, base)).endsWith(" 0:0\n");
    assertThat(output(client, State.image(image))).isEqualTo("/ 0:0\n");
  }

  @RegistryTest
  void eachPlatformHasItsOwnConfig(String registry, BuildKitClient client) throws Exception {
    String image = registry + "/" + name + ":1";
    Digest index = BaseImage.push(client, image, "hello");
    ImageConfigResolver resolver = client.imageConfigResolver();

    for (Platform platform : new Platform[] {Platform.LINUX_AMD64, Platform.LINUX_ARM64}) {
      ResolvedImage found = resolver.resolve(image, platform, ResolveMode.DEFAULT);
      ImageConfig config = found.config();

      assertThat(found.reference()).isEqualTo(image);
      assertThat(found.digest()).hasValue(index);
      assertThat(config.platform()).hasValue(platform);
      assertThat(config.env()).containsEntry("ARCH", platform.architecture());
      assertThat(config.labels()).containsEntry("org.example.arch", platform.architecture());
      assertThat(config.dir()).isEqualTo("/work/" + platform.architecture());
      assertThat(config.entrypoint()).containsExactly("/bin/greet");
      assertThat(config.cmd()).containsExactly("world");
      assertThat(config.exposedPorts()).containsExactly("80/tcp");
    }
  }

  @RegistryTest
  void aPinnedImageStaysWhenItsTagMoves(String registry, BuildKitClient client) throws Exception {
    String image = registry + "/" + name + ":1";
    Digest first = BaseImage.push(client, image, "first");
    ImageConfigResolver resolver = client.imageConfigResolver();
    ImageSource pinned = ImageSource.of(image).configResolver(resolver).resolveDigest();
    Definition before = State.from(pinned).marshal();

    Digest second = BaseImage.push(client, image, "second");

    assertThat(second).isNotEqualTo(first);
    assertThat(before.toProto().getDef(0).toStringUtf8()).contains(image + "@" + first);
    assertThat(output(client, State.from(pinned))).startsWith("first ");
    assertThat(output(client, State.from(pinned.configResolver(client.imageConfigResolver()))))
        .startsWith("second ");
  }

  @RegistryTest
  void aMissingImageIsNamed(String registry, BuildKitClient client) {
    String image = registry + "/" + name + ":missing";
    State base = State.from(ImageSource.of(image).configResolver(client.imageConfigResolver()));

    assertThatThrownBy(base::marshal)
        .isInstanceOfSatisfying(
            SolveException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FAILED))
        .hasMessageStartingWith("failed to resolve docker-image://" + image + " for linux/")
        .hasMessageEndingWith(": not found");
  }

  @RegistryTest
  void aMissingPlatformIsNamed(String registry, BuildKitClient client) throws Exception {
    String image = registry + "/" + name + ":1";
    Digest unused = BaseImage.push(client, image, "hello");
    State base = State.from(ImageSource.of(image).configResolver(client.imageConfigResolver()));

    assertThatThrownBy(() -> base.marshal(Constraints.none().platform(Platform.LINUX_S390X)))
        .isInstanceOf(SolveException.class)
        .hasMessage("failed to resolve docker-image://" + image + " for linux/s390x: "
            + "no match for platform in manifest: not found");
  }

  @Test
  void aPolicyDecidesWhatIsLookedUp(BuildKitClient client) {
    ResolverOptions denied = ResolverOptions.none()
        .sourcePolicy(SourcePolicy.empty().deny("docker-image://docker.io/library/busybox:*"));
    ResolverOptions converted = ResolverOptions.none()
        .sourcePolicy(SourcePolicy.empty()
            .convert(
                "docker-image://docker.io/library/busybox:1.37",
                "docker-image://docker.io/library/alpine:3.22"));
    Platform platform = Platform.parse("linux");

    assertThat(client
            .imageConfigResolver(converted)
            .resolve("busybox:1.37", platform, ResolveMode.DEFAULT)
            .reference())
        .isEqualTo("docker.io/library/alpine:3.22");
    assertThatThrownBy(() -> client
            .imageConfigResolver(denied)
            .resolve("busybox:1.37", platform, ResolveMode.DEFAULT))
        .isInstanceOf(SolveException.class)
        .hasMessageContaining("denied by policy");
  }

  /** Returns what a command sees: a variable, its directory and whom it runs as. */
  private String output(BuildKitClient client, State base) throws Exception {
    State open = State.scratch().file(FileAction.mkdir("/open", 0777));
    Exec command =
        Exec.shell("echo $GREETING $PWD $(id -u):$(id -g) > /out/open/seen").addMount("/out", open);
    client.solve(SolveRequest.definition(base.run(command).mount("/out").marshal())
        .export(Exporter.local(out))
        .build());
    return Files.readString(out.resolve("open/seen"));
  }
}
