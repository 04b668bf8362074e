/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.source.ImageMetadata;
import dev.buildkit.client.source.ResolverOptions;
import dev.buildkit.client.source.SourceMetadata;
import dev.buildkit.client.source.SourceMetadataRequest;
import dev.buildkit.llb.ImageConfigResolver;
import dev.buildkit.llb.ImageSource;
import dev.buildkit.llb.OciLayoutSource;
import dev.buildkit.llb.Platform;
import dev.buildkit.llb.ResolveMode;
import dev.buildkit.llb.ResolvedImage;
import dev.buildkit.llb.Source;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** Asks the daemon for each image once. */
final class DaemonConfigResolver implements ImageConfigResolver {
  private final ResolverOptions options;
  private final SharedAnswers<Image, SourceMetadata> answers;

  /** An image for a platform; it is equal to itself in another object, as sources are not. */
  private record Image(String identifier, Map<String, String> attrs, Platform platform) {
    Source source() {
      Source source = Source.of(identifier);
      for (Map.Entry<String, String> attr : attrs.entrySet()) {
        source = source.attr(attr.getKey(), attr.getValue());
      }
      return source;
    }
  }

  /**
   * Creates a resolver.
   *
   * @param ask starts a lookup
   */
  DaemonConfigResolver(
      ResolverOptions options,
      Function<SourceMetadataRequest, CompletableFuture<SourceMetadata>> ask) {
    this.options = options;
    this.answers = new SharedAnswers<>(image -> ask.apply(request(image)));
  }

  @Override
  public ResolvedImage resolve(String reference, Platform platform, ResolveMode mode) {
    return resolve(ImageSource.of(reference).resolveMode(mode), platform);
  }

  @Override
  public ResolvedImage resolve(OciLayoutSource image, Platform platform) {
    return resolve((Source) image, platform);
  }

  private ResolvedImage resolve(Source source, Platform platform) {
    Image image = new Image(source.identifier(), source.attrs(), platform);
    SourceMetadata answer = answer(image);
    if (answer instanceof ImageMetadata known) {
      return new ResolvedImage(reference(known), known.digest(), known.config());
    }
    throw new BuildKitException(
        ErrorCode.FAILED,
        "resolve " + request(image) + ": a source policy makes it " + answer.identifier()
            + ", which is no image; leave out the resolver",
        null);
  }

  private SourceMetadata answer(Image image) {
    try {
      return answers.get(image);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cancelled(image, "this thread was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw cancelled(image, "the client is being closed", e);
    }
  }

  private BuildKitException cancelled(Image image, String reason, Exception cause) {
    return new BuildKitException(
        ErrorCode.CANCELLED, "resolve " + request(image) + ": " + reason, cause);
  }

  private SourceMetadataRequest request(Image image) {
    return SourceMetadataRequest.of(image.source()).platform(image.platform()).options(options);
  }

  private static String reference(ImageMetadata image) {
    return image.identifier().substring(image.identifier().indexOf("://") + 3);
  }
}
