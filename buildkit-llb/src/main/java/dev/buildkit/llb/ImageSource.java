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
  private final Attrs attrs;
  private final Constraints constraints;

  private ImageSource(ImageReference reference, Attrs attrs, Constraints constraints) {
    this.reference = reference;
    this.attrs = attrs;
    this.constraints = constraints;
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
    return new ImageSource(parsed, Attrs.NONE, Constraints.none());
  }

  /** Sets where the image is looked for; the default is {@link ResolveMode#DEFAULT}. */
  public ImageSource resolveMode(ResolveMode mode) {
    return switch (mode) {
      case DEFAULT -> attrs(attrs.without(RESOLVE_MODE));
      // Only this mode is a promise that an old daemon would break in silence.
      case FORCE_PULL -> attrs(attrs.with(RESOLVE_MODE, "pull", Caps.SOURCE_IMAGE_RESOLVE_MODE));
      case PREFER_LOCAL -> attr(RESOLVE_MODE, "local");
    };
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
   * Sets an attribute of the operation that has no method here.
   *
   * @throws IllegalArgumentException if the key is empty
   */
  public ImageSource attr(String key, String value) {
    return attrs(attrs.with(key, value));
  }

  /** Sets platform, name and cache flags of this image, instead of what was set before. */
  public ImageSource constraints(Constraints constraints) {
    return new ImageSource(reference, attrs, requireNonNull(constraints, "constraints"));
  }

  private ImageSource attrs(Attrs changed) {
    return new ImageSource(reference, changed, constraints);
  }

  @Override
  SourceVertex vertex() {
    return new SourceVertex("docker-image://" + reference, attrs, Caps.SOURCE_IMAGE, constraints);
  }
}
