/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import dev.buildkit.api.GatewayProto.ResolveImageConfigRequest;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.source.OtherMetadata;
import dev.buildkit.client.source.SourceMetadata;
import dev.buildkit.client.source.SourceMetadataRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** Asks about a source with those calls that the daemon knows. */
final class SourceQuestion {
  /** The first version that tells of Git repositories and downloads. */
  private static final String TELLS_ALL = "0.26";

  /** The first version that knows attestation chains, and checksums besides the usual one. */
  private static final String TELLS_MORE = "0.28";

  private static final List<String> TOLD = List.of("git:", "http:", "https:");

  private final Connection connection;
  private final GatewayBuild build;
  private final SourceMetadataRequest request;

  SourceQuestion(Connection connection, GatewayBuild build, SourceMetadataRequest request) {
    this.connection = connection;
    this.build = build;
    this.request = request;
  }

  /**
   * Returns the answer.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  SourceMetadata ask() throws ExecutionException, InterruptedException {
    Capabilities capabilities = Capabilities.of(build);
    if (request.wantsAttestationChain()) {
      require(capabilities, Capabilities.ATTESTATION_CHAIN, TELLS_MORE);
      return new AttestationLookup(connection.channel(), build, request).ask();
    }
    if (request.checksum().isPresent()) {
      require(capabilities, Capabilities.HTTP_CHECKSUM, TELLS_MORE);
    }
    Optional<ResolveImageConfigRequest> image = ImageConfigMessages.request(request);
    if (image.isPresent() && !capabilities.frontend().contains(Capabilities.SOURCE_METADATA)) {
      return ImageConfigMessages.metadata(
          request, build.ask(frontend -> frontend.resolveImageConfig(image.get())));
    }
    require(capabilities, Capabilities.SOURCE_METADATA, TELLS_ALL);
    SourceMetadata answer = SourceMetadataMessages.metadata(
        build.ask(frontend -> frontend.resolveSourceMeta(SourceMetadataMessages.request(request))));
    requireTold(answer);
    return answer;
  }

  private void require(Capabilities capabilities, String capability, String version) {
    if (!capabilities.frontend().contains(capability)) {
      throw unsupported("lacks the capability " + capability, version);
    }
  }

  /** From 0.13 to 0.25 daemons know the call, but tell of images alone, and no capability says so. */
  private void requireTold(SourceMetadata answer) {
    if (answer instanceof OtherMetadata
        && TOLD.stream().anyMatch(answer.identifier()::startsWith)) {
      throw unsupported("tells of images alone", TELLS_ALL);
    }
  }

  private BuildKitException unsupported(String lack, String version) {
    return new BuildKitException(
        ErrorCode.UNSUPPORTED,
        "resolve " + request + " on " + connection.address() + ": this daemon " + lack
            + "; it needs BuildKit " + version + " or later",
        null);
  }
}
