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

  private OciLayoutSource(String reference, Attrs attrs, Constraints constraints) {
    super("oci-layout://" + reference, Caps.SOURCE_OCI_LAYOUT, attrs, constraints);
    this.reference = reference;
  }

  /**
   * Returns the image with this digest.
   *
   * @param reference is a name, which is used as it is, and a digest: {@code app@sha256:…}. The name
   *     is that of the store which the client offers, unless {@link #store} names another
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
    return new OciLayoutSource(canonical, Attrs.NONE, Constraints.none());
  }

  /** Sets the id of the store that the client offers; the default is the name of the image. */
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

  @Override
  public OciLayoutSource attr(String key, String value) {
    return new OciLayoutSource(reference, attrs.with(key, value), constraints);
  }

  @Override
  public OciLayoutSource constraints(Constraints constraints) {
    return new OciLayoutSource(reference, attrs, requireNonNull(constraints, "constraints"));
  }
}
