/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import com.google.protobuf.ByteString;
import dev.buildkit.api.GatewayProto;
import dev.buildkit.api.OpsProto;
import dev.buildkit.client.solve.Descriptor;
import dev.buildkit.client.source.AttestationChain;
import dev.buildkit.client.source.Content;
import dev.buildkit.client.source.GitMetadata;
import dev.buildkit.client.source.HttpMetadata;
import dev.buildkit.client.source.ImageMetadata;
import dev.buildkit.client.source.OtherMetadata;
import dev.buildkit.client.source.SourceMetadata;
import dev.buildkit.client.source.SourceMetadataRequest;
import dev.buildkit.llb.Digest;
import dev.buildkit.llb.ImageConfig;
import dev.buildkit.llb.Platform;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Turns questions about sources into messages, and answers into values. */
final class SourceMetadataMessages {
  private SourceMetadataMessages() {}

  static GatewayProto.ResolveSourceMetaRequest request(SourceMetadataRequest request) {
    GatewayProto.ResolveSourceMetaRequest.Builder message =
        GatewayProto.ResolveSourceMetaRequest.newBuilder()
            .setSource(source(request))
            .setResolveMode(resolveMode(request));
    request.platform().ifPresent(platform -> message.setPlatform(platform(platform)));
    if (request.wantsAttestationChain()) {
      message.setImage(GatewayProto.ResolveSourceImageRequest.newBuilder()
          .setAttestationChain(true)
          .addAllResolveAttestations(request.attestations()));
    }
    if (request.wantsObject()) {
      message.setGit(GatewayProto.ResolveSourceGitRequest.newBuilder().setReturnObject(true));
    }
    request.checksum().ifPresent(checksum -> message.setHTTP(checksum(checksum)));
    request
        .options()
        .sourcePolicy()
        .ifPresent(policy -> message.addSourcePolicies(SourcePolicyMessage.of(policy)));
    return message.build();
  }

  static String resolveMode(SourceMetadataRequest request) {
    return request.source().attrs().getOrDefault("image.resolvemode", "default");
  }

  static OpsProto.Platform platform(Platform platform) {
    return OpsProto.Platform.newBuilder()
        .setOS(platform.os())
        .setArchitecture(platform.architecture())
        .setVariant(platform.variant())
        .setOSVersion(platform.osVersion())
        .addAllOSFeatures(platform.osFeatures())
        .build();
  }

  private static OpsProto.SourceOp source(SourceMetadataRequest request) {
    return OpsProto.SourceOp.newBuilder()
        .setIdentifier(request.source().identifier())
        .putAllAttrs(request.source().attrs())
        .build();
  }

  private static GatewayProto.ResolveSourceHTTPRequest checksum(
      SourceMetadataRequest.ChecksumRequest checksum) {
    return GatewayProto.ResolveSourceHTTPRequest.newBuilder()
        .setChecksumRequest(GatewayProto.ChecksumRequest.newBuilder()
            .setAlgo(GatewayProto.ChecksumRequest.ChecksumAlgo.valueOf(
                "CHECKSUM_ALGO_" + checksum.algorithm()))
            .setSuffix(ByteString.copyFrom(checksum.suffix().bytes())))
        .build();
  }

  /**
   * Returns what an answer says.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  static SourceMetadata metadata(GatewayProto.ResolveSourceMetaResponse response) {
    String identifier = response.getSource().getIdentifier();
    Map<String, String> attrs = response.getSource().getAttrsMap();
    if (response.hasImage()) {
      return image(identifier, attrs, response.getImage());
    }
    if (response.hasGit()) {
      return git(identifier, attrs, response.getGit());
    }
    if (response.hasHTTP()) {
      return http(identifier, attrs, response.getHTTP());
    }
    return new OtherMetadata(identifier, attrs);
  }

  private static ImageMetadata image(
      String identifier, Map<String, String> attrs, GatewayProto.ResolveSourceImageResponse image) {
    return new ImageMetadata(
        identifier,
        attrs,
        digest(image.getDigest()),
        ImageConfig.parse(image.getConfig().toStringUtf8()),
        image.hasAttestationChain()
            ? Optional.of(chain(image.getAttestationChain()))
            : Optional.empty());
  }

  static AttestationChain chain(GatewayProto.AttestationChain chain) {
    return new AttestationChain(
        Digest.parse(chain.getRoot()),
        digest(chain.getImageManifest()),
        digest(chain.getAttestationManifest()),
        chain.getSignatureManifestsList().stream().map(Digest::parse).toList(),
        chain.getBlobsMap().entrySet().stream()
            .collect(Collectors.toMap(
                entry -> Digest.parse(entry.getKey()), entry -> blob(entry.getValue()))));
  }

  private static AttestationChain.Blob blob(GatewayProto.Blob blob) {
    GatewayProto.Descriptor descriptor = blob.getDesc();
    return new AttestationChain.Blob(
        new Descriptor(
            descriptor.getMediaType(),
            Digest.parse(descriptor.getDigest()),
            descriptor.getSize(),
            descriptor.getAnnotationsMap()),
        Content.of(blob.getData().toByteArray()));
  }

  private static GitMetadata git(
      String identifier, Map<String, String> attrs, GatewayProto.ResolveSourceGitResponse git) {
    return new GitMetadata(
        identifier,
        attrs,
        git.getChecksum(),
        git.getRef(),
        git.getCommitChecksum().isEmpty() ? git.getChecksum() : git.getCommitChecksum(),
        content(git.getCommitObject()),
        content(git.getTagObject()));
  }

  private static HttpMetadata http(
      String identifier, Map<String, String> attrs, GatewayProto.ResolveSourceHTTPResponse http) {
    return new HttpMetadata(
        identifier,
        attrs,
        Digest.parse(http.getChecksum()),
        http.getFilename(),
        http.hasLastModified()
            ? Optional.of(Instant.ofEpochSecond(http.getLastModified().getSeconds()))
            : Optional.empty(),
        digest(http.getChecksumResponse().getDigest()));
  }

  static Optional<Digest> digest(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(Digest.parse(text));
  }

  private static Optional<Content> content(ByteString bytes) {
    return bytes.isEmpty() ? Optional.empty() : Optional.of(Content.of(bytes.toByteArray()));
  }
}
