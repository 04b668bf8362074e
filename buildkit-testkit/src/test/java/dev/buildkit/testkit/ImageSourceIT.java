/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.SolveResult;
import dev.buildkit.llb.BlobSource;
import dev.buildkit.llb.Constraints;
import dev.buildkit.llb.Digest;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.ImageSource;
import dev.buildkit.llb.Platform;
import dev.buildkit.llb.ResolveMode;
import dev.buildkit.llb.State;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Of a registry the daemon takes the image, the layers or the blob that the source says. */
@IntegrationTest
class ImageSourceIT {
  private final String repository =
      System.getProperty("buildkit.registry") + "/" + UUID.randomUUID();

  @Test
  void thePlatformIsThatOfTheSource(BuildKitClient client) throws Exception {
    ImageSource busybox = ImageSource.of("busybox");

    assertThat(solved(client, on(busybox, "linux/arm64")).names()).contains("bin/busybox");
    assertThatThrownBy(() -> solved(client, on(busybox, "linux/s390x")))
        .isInstanceOf(SolveException.class)
        .hasMessageContaining("no match for platform");
  }

  private static ImageSource on(ImageSource image, String platform) {
    return image.constraints(Constraints.none().platform(Platform.parse(platform)));
  }

  @Test
  void anImageThatIsMissingIsNamed(BuildKitClient client) {
    assertThatThrownBy(() -> solved(client, ImageSource.of("busybox:no-such-tag")))
        .isInstanceOf(SolveException.class)
        .hasMessageContaining("busybox:no-such-tag");
  }

  @ParameterizedTest
  @EnumSource
  void theImageIsFoundInEveryMode(ResolveMode mode, BuildKitClient client) throws Exception {
    assertThat(solved(client, ImageSource.of("busybox").resolveMode(mode)).names())
        .contains("bin/busybox");
  }

  @Test
  @Requires(value = Capability.REGISTRY, llb = "source.image.layerlimit")
  void layersAreLimited(BuildKitClient client) throws Exception {
    pushTwoLayers(client);

    assertThat(solved(client, ImageSource.of(repository + ":1")).names())
        .containsExactly("lower", "upper");
    assertThat(solved(client, ImageSource.of(repository + ":1").layerLimit(1)).names())
        .containsExactly("lower");
  }

  @Test
  @Requires(value = Capability.REGISTRY, llb = "source.image.checksum")
  void theManifestMustBeTheOneThatIsDemanded(BuildKitClient client) throws Exception {
    Digest right = pushTwoLayers(client).imageDigest().orElseThrow();
    Digest wrong = Digest.sha256("other".getBytes(UTF_8));
    ImageSource image = ImageSource.of(repository + ":1");

    assertThat(solved(client, image.checksum(right)).names()).contains("lower");
    assertThatThrownBy(() -> solved(client, image.checksum(wrong)))
        .isInstanceOf(SolveException.class)
        .hasMessageContaining(wrong.toString());
  }

  @Test
  @Requires(Capability.REGISTRY)
  void aDigestNamesAnImage(BuildKitClient client) throws Exception {
    Digest digest = pushTwoLayers(client).imageDigest().orElseThrow();

    assertThat(
            solved(client, ImageSource.of(repository + "@" + digest).internal()).names())
        .containsExactly("lower", "upper");
  }

  private SolveResult pushTwoLayers(BuildKitClient client) throws Exception {
    State state = State.scratch()
        .file(FileAction.mkfile("/lower", 0644, repository))
        .file(FileAction.mkfile("/upper", 0644, ""));
    return client.solve(SolveRequest.definition(state.marshal())
        .export(Exporter.image(repository + ":1").push().insecureRegistry())
        .build());
  }

  @Test
  @Requires(value = Capability.REGISTRY, llb = "source.imageblob")
  void aBlobIsAFileWithNameModeAndOwner(BuildKitClient client) throws Exception {
    BlobSource blob = BlobSource.inRegistry(RegistryBlobs.push("content".getBytes(UTF_8)));
    State plain = State.from(blob.internal());
    State all = State.from(blob.filename("file").chmod(0640).chown(7, 8));

    Solved.Entry entry = Solved.of(client, all).entry("file");
    assertThat(Solved.of(client, plain).entries()).hasSize(1);
    assertThat(entry.text()).isEqualTo("content");
    assertThat(entry.mode()).isEqualTo("0640");
    assertThat(entry.owner()).isEqualTo("7:8");
  }

  private static Solved solved(BuildKitClient client, ImageSource image) throws Exception {
    return Solved.of(client, State.from(image));
  }
}
