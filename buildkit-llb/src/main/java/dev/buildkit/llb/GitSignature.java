/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

/**
 * The signature that a commit or its tag must have, for {@link GitSource#verifySignature}.
 *
 * <p>One of the two is enough: the tag that the ref names, if it is annotated, else the commit. Each
 * method returns a changed copy.
 *
 * <pre>{@code
 * GitSource.of("https://example.com/app.git").ref("refs/tags/v1")
 *     .verifySignature(GitSignature.by(releaseKey).requireSignedTag())
 * }</pre>
 */
public final class GitSignature {
  private final String publicKey;
  private final boolean rejectExpired;
  private final boolean requireSignedTag;
  private final boolean ignoreSignedTag;

  private GitSignature(
      String publicKey, boolean rejectExpired, boolean requireSignedTag, boolean ignoreSignedTag) {
    this.publicKey = publicKey;
    this.rejectExpired = rejectExpired;
    this.requireSignedTag = requireSignedTag;
    this.ignoreSignedTag = ignoreSignedTag;
  }

  /**
   * Returns a signature that must be made with the key of which this is the public half.
   *
   * @param publicKey is an armored OpenPGP key, or an SSH key as in {@code authorized_keys}
   * @throws IllegalArgumentException if it is empty
   */
  public static GitSignature by(String publicKey) {
    Check.notEmpty(publicKey, "git signature: public key", "pass an OpenPGP or SSH public key");
    return new GitSignature(publicKey, false, false, false);
  }

  /** Refuses a signature by an OpenPGP key that has expired by now; SSH keys do not expire. */
  public GitSignature rejectExpired() {
    return new GitSignature(publicKey, true, requireSignedTag, ignoreSignedTag);
  }

  /**
   * Demands that the ref names a signed tag: the signature of the commit is not enough.
   *
   * @throws IllegalArgumentException if signed tags are ignored
   */
  public GitSignature requireSignedTag() {
    checkTag(ignoreSignedTag);
    return new GitSignature(publicKey, rejectExpired, true, ignoreSignedTag);
  }

  /**
   * Demands that the commit is signed: the signature of a tag is not enough.
   *
   * @throws IllegalArgumentException if a signed tag is required
   */
  public GitSignature ignoreSignedTag() {
    checkTag(requireSignedTag);
    return new GitSignature(publicKey, rejectExpired, requireSignedTag, true);
  }

  private static void checkTag(boolean opposite) {
    if (opposite) {
      throw new IllegalArgumentException(
          "git signature: a signed tag is both required and ignored; leave out one of them");
    }
  }

  /** Returns {@code attrs} with this signature instead of one that may be in them. */
  Attrs writeTo(Attrs attrs) {
    Attrs written = attrs.with("git.sig.pubkey", publicKey, Caps.SOURCE_GIT_SIGNATURE);
    written = flag(written, "git.sig.rejectexpired", rejectExpired);
    written = flag(written, "git.sig.requiresignedtag", requireSignedTag);
    return flag(written, "git.sig.ignoresignedtag", ignoreSignedTag);
  }

  private static Attrs flag(Attrs attrs, String key, boolean value) {
    return value ? attrs.with(key, "true") : attrs.without(key);
  }

  /** Returns what is demanded, without the key. */
  @Override
  public String toString() {
    return "GitSignature["
        + (requireSignedTag ? "of the tag" : ignoreSignedTag ? "of the commit" : "of either")
        + (rejectExpired ? ", not expired]" : "]");
  }
}
