/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

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

  /** How the image is found. */
  private record Lookup(ConfigLookup config, ResolveMode mode, boolean pinsDigest) {
    static final Lookup NONE = new Lookup(ConfigLookup.NONE, ResolveMode.DEFAULT, false);

    Lookup config(ConfigLookup config) {
      return new Lookup(config, mode, pinsDigest);
    }
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
    return lookup(new Lookup(lookup.config, mode, lookup.pinsDigest)).attrs(changed);
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
    return lookup(lookup.config(lookup.config.by(resolver)));
  }

  /**
   * Lets commands run as the user that the image names, if there is a {@linkplain #configResolver
   * resolver} and the image names one. By default they run as root whatever the image says, as with
   * BuildKit's Go client, which leaves the user out.
   */
  public ImageSource configUser() {
    return lookup(lookup.config(lookup.config.withUser()));
  }

  /**
   * Replaces the tag's image of the moment by its digest, if there is a {@linkplain #configResolver
   * resolver} and the reference has no digest.
   */
  public ImageSource resolveDigest() {
    return lookup(new Lookup(lookup.config, lookup.mode, true));
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
    return lookup.config.resolver().map(this::lookedUp).orElseGet(super::state);
  }

  private State lookedUp(ImageConfigResolver resolver) {
    if (!lookup.pinsDigest || reference.digest() != null) {
      return super.state()
          .async((image, graphPlatform) ->
              lookup.config.apply(look(resolver, graphPlatform).config(), image));
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
    State state = new ImageSource(pinned, Lookup.NONE, attrs, constraints).state();
    return lookup.config.apply(image.config(), state);
  }
}
