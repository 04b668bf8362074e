/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

/**
 * An image in an OCI layout of the client that solves; its digest is always demanded.
 *
 * <p>Each method returns a changed copy.
 */
public final class OciLayoutSource extends Source {
  private final String reference;
  private final ConfigLookup lookup;

  private OciLayoutSource(
      String reference, ConfigLookup lookup, Attrs attrs, Constraints constraints) {
    super("oci-layout://" + reference, Caps.SOURCE_OCI_LAYOUT, attrs, constraints);
    this.reference = reference;
    this.lookup = lookup;
  }

  /**
   * Returns the image with this digest.
   *
   * @param reference is a name, which is used as it is, and a digest: {@code local/app@sha256:…}. The
   *     daemon only shows the name, and takes none without a slash; {@link #store} says where the
   *     image is
   * @throws IllegalArgumentException if there is no name or no digest
   */
  public static OciLayoutSource of(String reference) {
    int at = requireNonNull(reference, "reference").indexOf('@');
    if (at <= 0) {
      throw new IllegalArgumentException(
          "oci layout \"" + reference + "\": name or digest is missing; write name@sha256:…");
    }
    Digest checked = Digest.parse(reference.substring(at + 1));
    String canonical = reference.substring(0, at + 1) + checked;
    return new OciLayoutSource(canonical, ConfigLookup.NONE, Attrs.NONE, Constraints.none());
  }

  /** Sets the id of the store that the client offers. A daemon finds no image without. */
  public OciLayoutSource store(String id) {
    return attr("oci.store", id);
  }

  /** Takes the image from another session than that of the solve. */
  public OciLayoutSource sessionId(String id) {
    return attr("oci.session", id);
  }

  /**
   * Takes only the first layers of the image.
   *
   * @throws IllegalArgumentException if the number is negative
   */
  public OciLayoutSource layerLimit(int layers) {
    if (layers < 0) {
      throw new IllegalArgumentException(
          "oci layout " + reference + ": layerLimit must not be negative, but was: " + layers
              + "; leave it out for all layers");
    }
    return attr("oci.layerlimit", Integer.toString(layers));
  }

  /**
   * Sets what looks the image up, so that the state has its environment, working directory and
   * platform. The default is to know nothing about the image. Go's client has no such thing.
   */
  public OciLayoutSource configResolver(ImageConfigResolver resolver) {
    return new OciLayoutSource(reference, lookup.by(resolver), attrs, constraints);
  }

  /** Lets commands run as the user that the image names, as {@link ImageSource#configUser} does. */
  public OciLayoutSource configUser() {
    return new OciLayoutSource(reference, lookup.withUser(), attrs, constraints);
  }

  @Override
  public OciLayoutSource attr(String key, String value) {
    return new OciLayoutSource(reference, lookup, attrs.with(key, value), constraints);
  }

  @Override
  public OciLayoutSource constraints(Constraints constraints) {
    requireNonNull(constraints, "constraints");
    return new OciLayoutSource(reference, lookup, attrs, constraints);
  }

  @Override
  State state() {
    State image = super.state();
    return lookup.resolver().map(resolver -> lookedUp(resolver, image)).orElse(image);
  }

  private State lookedUp(ImageConfigResolver resolver, State image) {
    return image.async((state, graphPlatform) -> {
      Platform platform = constraints.platform().orElse(graphPlatform);
      return lookup.apply(resolver.resolve(this, platform).config(), state);
    });
  }
}
