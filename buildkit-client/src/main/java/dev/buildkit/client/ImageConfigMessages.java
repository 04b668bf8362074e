/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import dev.buildkit.api.GatewayProto.ResolveImageConfigRequest;
import dev.buildkit.api.GatewayProto.ResolveImageConfigResponse;
import dev.buildkit.client.source.ImageMetadata;
import dev.buildkit.client.source.SourceMetadataRequest;
import dev.buildkit.llb.ImageConfig;
import java.util.Map;
import java.util.Optional;

/** The question for an image in the words of daemons before 0.13, which cannot be asked for other sources. */
final class ImageConfigMessages {
  private static final String REGISTRY = "docker-image://";
  private static final String LAYOUT = "oci-layout://";

  private ImageConfigMessages() {}

  /** Returns the message, or nothing if the source is no image. */
  static Optional<ResolveImageConfigRequest> request(SourceMetadataRequest request) {
    String identifier = request.source().identifier();
    if (!identifier.startsWith(REGISTRY) && !identifier.startsWith(LAYOUT)) {
      return Optional.empty();
    }
    Map<String, String> attrs = request.source().attrs();
    ResolveImageConfigRequest.Builder message = ResolveImageConfigRequest.newBuilder()
        .setRef(identifier.substring(scheme(request).length()))
        .setResolveMode(SourceMetadataMessages.resolveMode(request))
        .setResolverType(identifier.startsWith(LAYOUT) ? 1 : 0)
        .setSessionID(attrs.getOrDefault("oci.session", ""))
        .setStoreID(attrs.getOrDefault("oci.store", ""));
    request
        .platform()
        .ifPresent(platform -> message.setPlatform(SourceMetadataMessages.platform(platform)));
    request
        .options()
        .sourcePolicy()
        .ifPresent(policy -> message.addSourcePolicies(SourcePolicyMessage.of(policy)));
    return Optional.of(message.build());
  }

  /**
   * Returns what an answer says.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  static ImageMetadata metadata(
      SourceMetadataRequest request, ResolveImageConfigResponse response) {
    return new ImageMetadata(
        response.getRef().isEmpty()
            ? request.source().identifier()
            : scheme(request) + response.getRef(),
        request.source().attrs(),
        SourceMetadataMessages.digest(response.getDigest()),
        ImageConfig.parse(response.getConfig().toStringUtf8()),
        Optional.empty());
  }

  private static String scheme(SourceMetadataRequest request) {
    return request.source().identifier().startsWith(LAYOUT) ? LAYOUT : REGISTRY;
  }
}
