/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * An image in a registry.
 *
 * <p>Each method returns a changed copy.
 *
 * <pre>{@code
 * State.from(ImageSource.of("golang:1.26").resolveMode(ResolveMode.PREFER_LOCAL))
 * }</pre>
 */
public final class ImageSource extends Source {
  private static final String RESOLVE_MODE = "image.resolvemode";

  private final ImageReference reference;
  private final Lookup lookup;

  /** How the config of the image is found; a null resolver leaves it unknown. */
  private record Lookup(
      @Nullable ImageConfigResolver resolver, ResolveMode mode, boolean pinsDigest) {
    static final Lookup NONE = new Lookup(null, ResolveMode.DEFAULT, false);
  }

  private ImageSource(
      ImageReference reference, Lookup lookup, Attrs attrs, Constraints constraints) {
    super("docker-image://" + reference, Caps.SOURCE_IMAGE, attrs, constraints);
    this.reference = reference;
    this.lookup = lookup;
  }

  /**
   * Returns the image that {@code reference} names.
   *
   * @param reference such as {@code alpine:3.22}, {@code ghcr.io/org/app@sha256:…}; without a registry
   *     it is Docker Hub's, without tag and digest the tag is {@code latest}
   * @throws IllegalArgumentException if it is no reference to an image
   */
  public static ImageSource of(String reference) {
    ImageReference parsed = ImageReference.parse(reference).withDefaultTag();
    return new ImageSource(parsed, Lookup.NONE, Attrs.NONE, Constraints.none());
  }

  /** Sets where the image is looked for; the default is {@link ResolveMode#DEFAULT}. */
  public ImageSource resolveMode(ResolveMode mode) {
    Attrs changed = switch (mode) {
      case DEFAULT -> attrs.without(RESOLVE_MODE);
      // Only this mode is a promise that an old daemon would break in silence.
      case FORCE_PULL -> attrs.with(RESOLVE_MODE, "pull", Caps.SOURCE_IMAGE_RESOLVE_MODE);
      case PREFER_LOCAL -> attrs.with(RESOLVE_MODE, "local");
    };
    return lookup(new Lookup(lookup.resolver, mode, lookup.pinsDigest)).attrs(changed);
  }

  /**
   * Takes only the first layers of the image.
   *
   * @throws IllegalArgumentException if the number is not positive
   */
  public ImageSource layerLimit(int layers) {
    if (layers <= 0) {
      throw new IllegalArgumentException("image " + reference
          + ": layerLimit must be positive, but was: " + layers + "; leave it out for all layers");
    }
    return attrs(
        attrs.with("image.layerlimit", Integer.toString(layers), Caps.SOURCE_IMAGE_LAYER_LIMIT));
  }

  /** Demands that the manifest has this digest, while the tag is still shown. */
  public ImageSource checksum(Digest manifest) {
    return attrs(attrs.with("image.checksum", manifest.toString(), Caps.SOURCE_IMAGE_CHECKSUM));
  }

  /** Counts the image as BuildKit's own, which prune leaves alone unless it removes all. */
  public ImageSource internal() {
    return attr("image.recordtype", "internal");
  }

  /**
   * Sets what looks the image up, so that the state has its environment, working directory and
   * platform. The default is to know nothing about the image.
   */
  public ImageSource configResolver(ImageConfigResolver resolver) {
    requireNonNull(resolver, "resolver");
    return lookup(new Lookup(resolver, lookup.mode, lookup.pinsDigest));
  }

  /**
   * Replaces the tag's image of the moment by its digest, if there is a {@linkplain #configResolver
   * resolver} and the reference has no digest.
   */
  public ImageSource resolveDigest() {
    return lookup(new Lookup(lookup.resolver, lookup.mode, true));
  }

  @Override
  public ImageSource attr(String key, String value) {
    return attrs(attrs.with(key, value));
  }

  @Override
  public ImageSource constraints(Constraints constraints) {
    requireNonNull(constraints, "constraints");
    return new ImageSource(reference, lookup, attrs, constraints);
  }

  private ImageSource attrs(Attrs changed) {
    return new ImageSource(reference, lookup, changed, constraints);
  }

  private ImageSource lookup(Lookup changed) {
    return new ImageSource(reference, changed, attrs, constraints);
  }

  @Override
  State state() {
    State image = super.state();
    ImageConfigResolver resolver = lookup.resolver;
    if (resolver == null) {
      return image;
    }
    if (!lookup.pinsDigest || reference.digest() != null) {
      return image.async((state, graphPlatform) ->
          state.imageConfig(look(resolver, graphPlatform).config()));
    }
    return State.scratch().async((none, graphPlatform) -> pinned(look(resolver, graphPlatform)));
  }

  private ResolvedImage look(ImageConfigResolver resolver, Platform graphPlatform) {
    Platform platform = constraints.platform().orElse(graphPlatform);
    return resolver.resolve(reference.toString(), platform, lookup.mode);
  }

  private State pinned(ResolvedImage image) {
    ImageReference pinned = ImageReference.parse(image.reference());
    if (image.digest().isPresent()) {
      pinned = pinned.withDigest(image.digest().get());
    }
    return new ImageSource(pinned, Lookup.NONE, attrs, constraints)
        .state()
        .imageConfig(image.config());
  }
}
