/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.buildkit.api.GatewayProto;
import dev.buildkit.api.GatewayProto.ResolveImageConfigRequest;
import dev.buildkit.api.GatewayProto.ResolveImageConfigResponse;
import dev.buildkit.api.GatewayProto.ResolveSourceMetaRequest;
import dev.buildkit.api.GatewayProto.ResolveSourceMetaResponse;
import dev.buildkit.api.OpsProto.SourceOp;
import dev.buildkit.client.solve.Descriptor;
import dev.buildkit.client.solve.SourcePolicy;
import dev.buildkit.client.source.AttestationChain;
import dev.buildkit.client.source.ChecksumAlgorithm;
import dev.buildkit.client.source.Content;
import dev.buildkit.client.source.GitMetadata;
import dev.buildkit.client.source.HttpMetadata;
import dev.buildkit.client.source.ImageMetadata;
import dev.buildkit.client.source.OtherMetadata;
import dev.buildkit.client.source.ResolverOptions;
import dev.buildkit.client.source.SourceMetadataRequest;
import dev.buildkit.llb.Digest;
import dev.buildkit.llb.GitSource;
import dev.buildkit.llb.HttpSource;
import dev.buildkit.llb.ImageConfig;
import dev.buildkit.llb.ImageSource;
import dev.buildkit.llb.OciLayoutSource;
import dev.buildkit.llb.Platform;
import dev.buildkit.llb.ResolveMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceMetadataMessagesTest {
  private static final Digest DIGEST = Digest.sha256("a".getBytes(UTF_8));
  private static final SourceOp SOURCE =
      SourceOp.newBuilder().setIdentifier("id").putAttrs("k", "v").build();
  private static final ResolverOptions DENIAL =
      ResolverOptions.none().sourcePolicy(SourcePolicy.empty().deny("x"));

  @Test
  void aQuestionForAnImage() {
    ResolveSourceMetaRequest message = SourceMetadataMessages.request(
        SourceMetadataRequest.of(ImageSource.of("a").resolveMode(ResolveMode.FORCE_PULL))
            .platform(Platform.LINUX_ARM_V7)
            .addAttestation("sbom")
            .options(DENIAL));

    assertThat(message.getSource().getIdentifier())
        .isEqualTo("docker-image://docker.io/library/a:latest");
    assertThat(message.getResolveMode()).isEqualTo("pull");
    assertThat(message.getPlatform().getVariant()).isEqualTo("v7");
    assertThat(message.getImage().getAttestationChain()).isTrue();
    assertThat(message.getImage().getResolveAttestationsList()).containsExactly("sbom");
    assertThat(message.getSourcePoliciesCount()).isEqualTo(1);
    assertThat(message.hasGit() || message.hasHTTP()).isFalse();
  }

  @Test
  void aQuestionForADownload() {
    for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
      ResolveSourceMetaRequest message = SourceMetadataMessages.request(
          SourceMetadataRequest.of(HttpSource.of("https://example.com/a"))
              .checksum(algorithm, new byte[] {7}));

      assertThat(message.hasPlatform()).isFalse();
      assertThat(message.getResolveMode()).isEqualTo("default");
      assertThat(message.getHTTP().getChecksumRequest().getAlgo().name())
          .isEqualTo("CHECKSUM_ALGO_" + algorithm);
      assertThat(message.getHTTP().getChecksumRequest().getSuffix().toByteArray())
          .containsExactly(7);
    }
  }

  @Test
  void aQuestionForARepository() {
    SourceMetadataRequest request =
        SourceMetadataRequest.of(GitSource.of("https://example.com/a.git"));

    assertThat(SourceMetadataMessages.request(request).hasGit()).isFalse();
    assertThat(SourceMetadataMessages.request(request.returnObject()).getGit().getReturnObject())
        .isTrue();
    assertThat(SourceMetadataMessages.request(request).getSource().getAttrsMap())
        .containsEntry("git.fullurl", "https://example.com/a.git");
  }

  @Test
  void anAnswerForAnImage() {
    GatewayProto.Blob blob = GatewayProto.Blob.newBuilder()
        .setDesc(GatewayProto.Descriptor.newBuilder()
            .setDigest(DIGEST.toString())
            .setMediaType("m")
            .setSize(1))
        .setData(ByteString.copyFromUtf8("a"))
        .build();
    ImageMetadata image = (ImageMetadata) SourceMetadataMessages.metadata(answer()
        .setImage(GatewayProto.ResolveSourceImageResponse.newBuilder()
            .setDigest(DIGEST.toString())
            .setConfig(ByteString.copyFromUtf8("{\"os\":\"linux\"}"))
            .setAttestationChain(GatewayProto.AttestationChain.newBuilder()
                .setRoot(DIGEST.toString())
                .addSignatureManifests(DIGEST.toString())
                .putBlobs(DIGEST.toString(), blob)))
        .build());

    assertThat(image.identifier()).isEqualTo("id");
    assertThat(image.attrs()).isEqualTo(Map.of("k", "v"));
    assertThat(image.digest()).hasValue(DIGEST);
    assertThat(image.config()).isEqualTo(ImageConfig.parse("{\"os\":\"linux\"}"));
    AttestationChain chain = image.attestationChain().orElseThrow();
    assertThat(chain.imageManifest()).isEmpty();
    assertThat(chain.signatureManifests()).isEqualTo(List.of(DIGEST));
    assertThat(chain.blobs())
        .containsExactly(entry(
            DIGEST,
            new AttestationChain.Blob(
                new Descriptor("m", DIGEST, 1, Map.of()), Content.of(new byte[] {'a'}))));
  }

  @Test
  void anAnswerForARepository() {
    GitMetadata branch = (GitMetadata) SourceMetadataMessages.metadata(answer()
        .setGit(GatewayProto.ResolveSourceGitResponse.newBuilder()
            .setChecksum("c1")
            .setRef("refs/heads/main"))
        .build());
    GitMetadata tag = (GitMetadata) SourceMetadataMessages.metadata(answer()
        .setGit(GatewayProto.ResolveSourceGitResponse.newBuilder()
            .setChecksum("t1")
            .setCommitChecksum("c1")
            .setTagObject(ByteString.copyFromUtf8("object c1")))
        .build());

    assertThat(branch.commitChecksum()).isEqualTo("c1");
    assertThat(branch.commitObject()).isEmpty();
    assertThat(tag.checksum()).isEqualTo("t1");
    assertThat(tag.commitChecksum()).isEqualTo("c1");
    assertThat(tag.tagObject().map(Content::text)).hasValue("object c1");
  }

  @Test
  void anAnswerForADownload() {
    GatewayProto.ResolveSourceHTTPResponse.Builder http =
        GatewayProto.ResolveSourceHTTPResponse.newBuilder()
            .setChecksum(DIGEST.toString())
            .setFilename("f");

    assertThat(SourceMetadataMessages.metadata(answer().setHTTP(http).build()))
        .isEqualTo(new HttpMetadata(
            "id", Map.of("k", "v"), DIGEST, "f", Optional.empty(), Optional.empty()));
    http.setLastModified(Timestamp.newBuilder().setSeconds(60));
    http.setChecksumResponse(
        GatewayProto.ChecksumResponse.newBuilder().setDigest(DIGEST.toString()));
    assertThat(SourceMetadataMessages.metadata(answer().setHTTP(http).build()))
        .isEqualTo(new HttpMetadata(
            "id",
            Map.of("k", "v"),
            DIGEST,
            "f",
            Optional.of(Instant.ofEpochSecond(60)),
            Optional.of(DIGEST)));
  }

  @Test
  void anAnswerWithNothing() {
    assertThat(SourceMetadataMessages.metadata(answer().build()))
        .isEqualTo(new OtherMetadata("id", Map.of("k", "v")));
  }

  @Test
  void aMalformedAnswerIsRefused() {
    ResolveSourceMetaResponse answer = answer()
        .setHTTP(GatewayProto.ResolveSourceHTTPResponse.newBuilder().setChecksum("none"))
        .build();

    assertThatThrownBy(() -> SourceMetadataMessages.metadata(answer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none");
  }

  @Test
  void oldDaemonsAreAskedForImagesInOtherWords() {
    SourceMetadataRequest image = SourceMetadataRequest.of(
            ImageSource.of("a").resolveMode(ResolveMode.PREFER_LOCAL))
        .platform(Platform.LINUX_ARM64)
        .options(DENIAL);
    ResolveImageConfigRequest message = ImageConfigMessages.request(image).orElseThrow();

    assertThat(message.getRef()).isEqualTo("docker.io/library/a:latest");
    assertThat(message.getPlatform().getArchitecture()).isEqualTo("arm64");
    assertThat(message.getResolveMode()).isEqualTo("local");
    assertThat(message.getResolverType()).isZero();
    assertThat(message.getSourcePoliciesCount()).isEqualTo(1);
    assertThat(ImageConfigMessages.request(
            SourceMetadataRequest.of(HttpSource.of("https://example.com"))))
        .isEmpty();
  }

  @Test
  void oldDaemonsAreAskedForLayoutsByTheirStore() {
    ResolveImageConfigRequest message = ImageConfigMessages.request(SourceMetadataRequest.of(
            OciLayoutSource.of("a@" + DIGEST).store("s").sessionId("i")))
        .orElseThrow();

    assertThat(message.getRef()).isEqualTo("a@" + DIGEST);
    assertThat(message.getResolverType()).isEqualTo(1);
    assertThat(message.getStoreID()).isEqualTo("s");
    assertThat(message.getSessionID()).isEqualTo("i");
  }

  @Test
  void oldDaemonsRepeatAReferenceOnlyIfItChanged() {
    SourceMetadataRequest request = SourceMetadataRequest.of(ImageSource.of("a"));
    ResolveImageConfigResponse.Builder answer =
        ResolveImageConfigResponse.newBuilder().setConfig(ByteString.copyFromUtf8("{}"));

    ImageMetadata same = ImageConfigMessages.metadata(request, answer.build());
    ImageMetadata changed =
        ImageConfigMessages.metadata(request, answer.setRef("docker.io/b:1").build());

    assertThat(same.identifier()).isEqualTo("docker-image://docker.io/library/a:latest");
    assertThat(same.digest()).isEmpty();
    assertThat(changed.identifier()).isEqualTo("docker-image://docker.io/b:1");
  }

  private static ResolveSourceMetaResponse.Builder answer() {
    return ResolveSourceMetaResponse.newBuilder().setSource(SOURCE);
  }
}
