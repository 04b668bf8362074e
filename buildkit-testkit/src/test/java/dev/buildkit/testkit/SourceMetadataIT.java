/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.SourcePolicy;
import dev.buildkit.client.source.AttestationChain;
import dev.buildkit.client.source.ChecksumAlgorithm;
import dev.buildkit.client.source.Content;
import dev.buildkit.client.source.GitMetadata;
import dev.buildkit.client.source.HttpMetadata;
import dev.buildkit.client.source.ImageMetadata;
import dev.buildkit.client.source.OtherMetadata;
import dev.buildkit.client.source.ResolverOptions;
import dev.buildkit.client.source.SourceMetadata;
import dev.buildkit.client.source.SourceMetadataRequest;
import dev.buildkit.llb.Digest;
import dev.buildkit.llb.GitSource;
import dev.buildkit.llb.HttpSource;
import dev.buildkit.llb.ImageSource;
import dev.buildkit.llb.LocalSource;
import dev.buildkit.llb.Platform;
import dev.buildkit.llb.ResolveMode;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon tells what it finds out about each kind of source. */
@IntegrationTest
@Requires(Capability.BUILDKITD)
class SourceMetadataIT {
  private static final String PROVENANCE = "https://slsa.dev/provenance/v1";

  private final String name = UUID.randomUUID().toString();

  @TempDir
  private Path directory;

  /** A daemon that reaches the registries of this machine reaches its web servers, too. */
  static Stream<String> registries() {
    return Stream.ofNullable(System.getProperty("buildkit.registry"));
  }

  @Test
  void anImageIsTold(BuildKitClient client) throws Exception {
    ImageMetadata image = (ImageMetadata) client.resolveSourceMetadata(
        SourceMetadataRequest.of(ImageSource.of("busybox").resolveMode(ResolveMode.FORCE_PULL))
            .platform(Platform.LINUX_ARM64));

    assertThat(image.identifier()).isEqualTo("docker-image://docker.io/library/busybox:latest");
    assertThat(image.attrs()).containsEntry("image.resolvemode", "pull");
    assertThat(image.digest()).isPresent();
    assertThat(image.config().platform()).hasValue(Platform.LINUX_ARM64);
    assertThat(image.attestationChain()).isEmpty();
  }

  @RegistryTest
  void attestationsOfAnImageAreFound(String registry, BuildKitClient client) throws Exception {
    String reference = registry + "/" + name + ":1";
    Digest index =
        push(client, BaseImage.request("attested").frontendAttr("attest:provenance", "version=v1"));
    ImageMetadata image =
        askStranger(SourceMetadataRequest.of(ImageSource.of(reference)).addAttestation(PROVENANCE));
    AttestationChain chain = image.attestationChain().orElseThrow();

    assertThat(image.identifier()).isEqualTo("docker-image://" + reference);
    assertThat(chain.root()).isEqualTo(index);
    assertThat(chain.imageManifest()).isPresent();
    assertThat(chain.signatureManifests()).isEmpty();
    assertThat(chain.blobs()).containsKeys(index, chain.attestationManifest().orElseThrow());
    chain.blobs().forEach((digest, blob) -> {
      assertThat(Digest.sha256(blob.content().bytes())).isEqualTo(digest);
      assertThat(blob.descriptor().digest()).isEqualTo(digest);
    });
    assertThat(chain.blobs().values())
        .anyMatch(
            blob -> blob.content().text().contains("\"predicateType\":\"" + PROVENANCE + "\""));
  }

  /** The daemon would crash if it were asked. */
  @RegistryTest
  void anImageWithoutAnIndexHasNoAttestations(String registry, BuildKitClient client)
      throws Exception {
    Digest manifest = push(client, BaseImage.request("single"));
    ImageMetadata image = askStranger(
        SourceMetadataRequest.of(ImageSource.of(registry + "/" + name + ":1")).attestationChain());

    assertThat(image.attestationChain()).isEmpty();
    assertThat(image.digest()).hasValue(manifest);
    assertThat(image.config().env()).containsEntry("GREETING", "single");
  }

  private Digest push(BuildKitClient client, SolveRequest.Builder request)
      throws InterruptedException {
    String reference = System.getProperty("buildkit.registry") + "/" + name + ":1";
    request.export(Exporter.image(reference).push().insecureRegistry());
    return client.solve(request.build()).imageDigest().orElseThrow();
  }

  /** Asks a daemon that has not seen the image before. */
  private static ImageMetadata askStranger(SourceMetadataRequest request)
      throws InterruptedException {
    try (PrivateBuildkitd buildkitd = PrivateBuildkitd.spawn();
        BuildKitClient client = buildkitd.connect()) {
      return (ImageMetadata) client.resolveSourceMetadata(request);
    }
  }

  @RegistryTest
  @Requires(Capability.GIT)
  void aGitReferenceIsTold(String unused, BuildKitClient client) throws Exception {
    GitRepository repository = GitRepository.init(directory.resolve("app"));
    try (GitServer server = GitServer.start(directory, "")) {
      String commit = repository.commit("file", name);

      GitMetadata main = (GitMetadata) client.resolveSourceMetadata(
          SourceMetadataRequest.of(GitSource.of(server.url("app/.git")).ref("master")));

      assertThat(main.checksum()).isEqualTo(commit);
      assertThat(main.commitChecksum()).isEqualTo(commit);
      assertThat(main.ref()).isEqualTo("refs/heads/master");
      assertThat(main.commitObject()).isEmpty();
    }
  }

  @RegistryTest
  @Requires(Capability.GIT)
  void anAnnotatedTagIsToldWithItsObjects(String unused, BuildKitClient client) throws Exception {
    GitRepository repository = GitRepository.init(directory.resolve("app"));
    try (GitServer server = GitServer.start(directory, "")) {
      repository.commit("file", name);
      repository.git("tag", "--annotate", "--message", "the first release", "v1");

      GitMetadata tag = (GitMetadata) client.resolveSourceMetadata(
          SourceMetadataRequest.of(GitSource.of(server.url("app/.git")).ref("v1"))
              .returnObject());

      assertThat(tag.ref()).isEqualTo("refs/tags/v1");
      assertThat(tag.checksum()).isEqualTo(repository.hash("v1"));
      assertThat(tag.commitChecksum()).isEqualTo(repository.hash("v1^{commit}"));
      assertThat(tag.tagObject().map(Content::text).orElseThrow().strip())
          .isEqualTo(repository.git("cat-file", "tag", "v1").strip());
      assertThat(tag.commitObject().map(Content::text).orElseThrow().strip())
          .isEqualTo(repository.git("cat-file", "commit", "master").strip());
    }
  }

  @RegistryTest
  @Requires(Capability.GIT)
  void aMissingGitReferenceIsNamed(String unused, BuildKitClient client) throws Exception {
    GitRepository repository = GitRepository.init(directory.resolve("app"));
    try (GitServer server = GitServer.start(directory, "")) {
      repository.commit("file", name);
      SourceMetadataRequest request =
          SourceMetadataRequest.of(GitSource.of(server.url("app/.git")).ref("nowhere"));

      assertThatThrownBy(() -> client.resolveSourceMetadata(request))
          .isInstanceOf(SolveException.class)
          .hasMessageStartingWith("failed to resolve git://127.0.0.1:")
          .hasMessageContaining("nowhere");
    }
  }

  @RegistryTest
  void aDownloadIsTold(String unused, BuildKitClient client) throws Exception {
    byte[] file = name.getBytes(UTF_8);
    byte[] suffix = {0, 1, -1};
    try (WebServer server = new WebServer(file)) {
      HttpSource source = HttpSource.of(server.url("/a/file.txt"));

      HttpMetadata plain =
          (HttpMetadata) client.resolveSourceMetadata(SourceMetadataRequest.of(source));

      assertThat(plain.digest()).isEqualTo(Digest.sha256(file));
      assertThat(plain.filename()).isEqualTo("file.txt");
      assertThat(plain.lastModified()).hasValue(WebServer.LAST_MODIFIED);
      assertThat(plain.checksum()).isEmpty();
      for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
        HttpMetadata with = (HttpMetadata) client.resolveSourceMetadata(
            SourceMetadataRequest.of(source).checksum(algorithm, suffix));

        assertThat(with.digest()).isEqualTo(plain.digest());
        assertThat(with.checksum()).hasValue(digest(algorithm, file, suffix));
      }
    }
  }

  @Test
  void ofALocalDirectoryThereIsNothingToTell(BuildKitClient client) throws Exception {
    SourceMetadata local =
        client.resolveSourceMetadata(SourceMetadataRequest.of(LocalSource.of("context")));

    assertThat(local).isInstanceOf(OtherMetadata.class);
    assertThat(local.identifier()).isEqualTo("local://context");
  }

  @RegistryTest
  void aPolicyMayTurnAnImageIntoADownload(String unused, BuildKitClient client) throws Exception {
    try (WebServer server = new WebServer(name.getBytes(UTF_8))) {
      String url = server.url("/converted");
      ResolverOptions options = ResolverOptions.none()
          .sourcePolicy(
              SourcePolicy.empty().convert("docker-image://docker.io/library/busybox:*", url));

      assertThat(client.resolveSourceMetadata(
              SourceMetadataRequest.of(ImageSource.of("busybox")).options(options)))
          .isInstanceOfSatisfying(
              HttpMetadata.class, found -> assertThat(found.identifier()).isEqualTo(url));
      assertThatThrownBy(() -> client
              .imageConfigResolver(options)
              .resolve("busybox", Platform.LINUX_AMD64, ResolveMode.DEFAULT))
          .hasMessage("resolve docker-image://docker.io/library/busybox:latest for linux/amd64: a"
              + " source policy makes it " + url + ", which is no image; leave out the resolver");
    }
  }

  private static Digest digest(ChecksumAlgorithm algorithm, byte[]... parts) throws Exception {
    MessageDigest hash = MessageDigest.getInstance(algorithm.name().replace("SHA", "SHA-"));
    for (byte[] part : parts) {
      hash.update(part);
    }
    String hex = HexFormat.of().formatHex(hash.digest());
    return Digest.parse(algorithm.name().toLowerCase(Locale.ROOT) + ":" + hex);
  }
}
