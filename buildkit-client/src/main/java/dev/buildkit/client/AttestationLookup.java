/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.buildkit.api.GatewayProto.ResolveSourceMetaRequest;
import dev.buildkit.api.GatewayProto.ResolveSourceMetaResponse;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.internal.json.StrictJson;
import dev.buildkit.client.source.ImageMetadata;
import dev.buildkit.client.source.SourceMetadata;
import dev.buildkit.client.source.SourceMetadataRequest;
import dev.buildkit.llb.Digest;
import io.grpc.Channel;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * Asks for the attestation chain of an image where there can be one. Daemons up to 0.33 crash if they are asked for that of an
 * image without an OCI index, so the root of the image is looked at before.
 */
final class AttestationLookup {
  private static final String INDEX = "application/vnd.oci.image.index.v1+json";
  private static final int MAX_INDEX_BYTES = 4 << 20;

  private final Channel channel;
  private final GatewayBuild build;
  private final SourceMetadataRequest request;

  AttestationLookup(Channel channel, GatewayBuild build, SourceMetadataRequest request) {
    this.channel = channel;
    this.build = build;
    this.request = request;
  }

  SourceMetadata ask() throws ExecutionException, InterruptedException {
    ResolveSourceMetaRequest message = SourceMetadataMessages.request(request);
    SourceMetadata plain =
        SourceMetadataMessages.metadata(answer(message.toBuilder().clearImage().build()));
    if (plain instanceof ImageMetadata image
        && image.digest().isPresent()
        && isIndex(image.digest().get())) {
      return complete(
          image, answer(pinned(message, image.identifier(), image.digest().get())));
    }
    return plain;
  }

  private ResolveSourceMetaResponse answer(ResolveSourceMetaRequest message)
      throws ExecutionException, InterruptedException {
    return build.ask(frontend -> frontend.resolveSourceMeta(message));
  }

  /** The daemon has just loaded it. */
  private boolean isIndex(Digest root) throws InterruptedException {
    try {
      byte[] content = ContentReader.read(channel, root, MAX_INDEX_BYTES);
      StrictJson json = StrictJson.parse(new String(content, UTF_8));
      String mediaType = json.text("mediaType");
      // An index need not say what it is, but lists of Docker do.
      return mediaType.equals(INDEX) || (mediaType.isEmpty() && json.names().contains("manifests"));
    } catch (ExecutionException e) {
      throw new BuildKitException(
          ErrorCode.UNSUPPORTED,
          "resolve " + request + ": the daemon does not show " + root + ", without which it may"
              + " crash if asked for attestations; ask without attestationChain",
          e);
    }
  }

  /** Makes sure that it is the same image, also when its tag has moved meanwhile. */
  private static ResolveSourceMetaRequest pinned(
      ResolveSourceMetaRequest message, String identifier, Digest root) {
    ResolveSourceMetaRequest.Builder pinned = message.toBuilder();
    pinned
        .getSourceBuilder()
        .setIdentifier(identifier.contains("@") ? identifier : identifier + "@" + root);
    return pinned.build();
  }

  private static ImageMetadata complete(ImageMetadata image, ResolveSourceMetaResponse answer) {
    return new ImageMetadata(
        image.identifier(),
        image.attrs(),
        image.digest(),
        image.config(),
        answer.getImage().hasAttestationChain()
            ? Optional.of(SourceMetadataMessages.chain(answer.getImage().getAttestationChain()))
            : Optional.empty());
  }
}
