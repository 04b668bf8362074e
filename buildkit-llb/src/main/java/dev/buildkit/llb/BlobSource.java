/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

/**
 * One blob of a registry or of an OCI layout as a file; the file system holds nothing else.
 *
 * <p>Each method returns a changed copy.
 */
public final class BlobSource extends Source {
  private static final String IN_REGISTRY = "docker-image+blob://";
  private static final String IN_LAYOUT = "oci-layout+blob://";

  private final String identifier;

  private BlobSource(String identifier, Attrs attrs, Constraints constraints) {
    super(identifier, Caps.SOURCE_BLOB, attrs, constraints);
    this.identifier = identifier;
  }

  /**
   * Returns a blob in a registry.
   *
   * @param reference is a repository and the digest of the blob, such as {@code
   *     ghcr.io/org/app@sha256:…}
   * @throws IllegalArgumentException if it has a tag, or no digest, or is no reference at all
   */
  public static BlobSource inRegistry(String reference) {
    return new BlobSource(IN_REGISTRY + parse(reference), Attrs.NONE, Constraints.none());
  }

  /**
   * Returns a blob in an OCI layout of the client that solves.
   *
   * @param reference is the name of the layout and the digest of the blob, such as {@code
   *     example.com/app@sha256:…}; short names are completed as for a registry
   * @throws IllegalArgumentException if it has a tag, or no digest, or is no reference at all
   */
  public static BlobSource inOciLayout(String reference) {
    return new BlobSource(IN_LAYOUT + parse(reference), Attrs.NONE, Constraints.none());
  }

  private static ImageReference parse(String text) {
    ImageReference reference = ImageReference.parse(text);
    if (reference.tag() != null) {
      throw new IllegalArgumentException("blob \"" + text
          + "\": tagged image reference not allowed for blob reference; write" + " name@digest");
    }
    if (reference.digest() == null) {
      throw new IllegalArgumentException(
          "blob \"" + text + "\": checksum required in blob reference; write name@digest");
    }
    return reference;
  }

  /**
   * Sets the name of the file; the default is its digest.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public BlobSource filename(String name) {
    return attrs(FileAttrs.filename(attrs, name));
  }

  /**
   * Sets the permissions of the file; the default is 0600.
   *
   * @param mode in octal, such as 0644; only the permission bits (0777) are used
   * @throws IllegalArgumentException if it is not between 0 and 07777
   */
  public BlobSource chmod(int mode) {
    return attrs(FileAttrs.chmod(attrs, mode, null));
  }

  /**
   * Sets the owner of the file; the default is root.
   *
   * @throws IllegalArgumentException if a number is negative
   */
  public BlobSource chown(int uid, int gid) {
    return attrs(FileAttrs.chown(attrs, uid, gid, null));
  }

  /** Counts the blob as BuildKit's own, which prune leaves alone unless it removes all. */
  public BlobSource internal() {
    return attr("image.recordtype", "internal");
  }

  /**
   * Sets the id of the store that the client offers; the default is the name of the layout.
   *
   * @throws IllegalArgumentException if the blob is in a registry
   */
  public BlobSource store(String id) {
    return layoutAttr("oci.store", id);
  }

  /**
   * Takes the blob from another session than that of the solve.
   *
   * @throws IllegalArgumentException if the blob is in a registry
   */
  public BlobSource sessionId(String id) {
    return layoutAttr("oci.session", id);
  }

  private BlobSource layoutAttr(String key, String value) {
    if (!identifier.startsWith(IN_LAYOUT)) {
      throw new IllegalArgumentException("blob " + identifier
          + ": a registry has no store or session; use BlobSource.inOciLayout");
    }
    return attr(key, value);
  }

  @Override
  public BlobSource attr(String key, String value) {
    return attrs(attrs.with(key, value));
  }

  @Override
  public BlobSource constraints(Constraints constraints) {
    return new BlobSource(identifier, attrs, requireNonNull(constraints, "constraints"));
  }

  private BlobSource attrs(Attrs changed) {
    return new BlobSource(identifier, changed, constraints);
  }
}
