/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

/**
 * A file that is downloaded; the file system holds nothing else.
 *
 * <p>Each method returns a changed copy.
 *
 * <pre>{@code
 * State.from(HttpSource.of("https://example.com/tool.tar.gz").checksum(digest).filename("t.tgz"))
 * }</pre>
 */
public final class HttpSource extends Source {
  private final String url;

  private HttpSource(String url, Attrs attrs, Constraints constraints) {
    super(url, Caps.SOURCE_HTTP, attrs, constraints);
    this.url = url;
  }

  /**
   * Returns the file at {@code url}.
   *
   * @throws IllegalArgumentException if it does not begin with {@code http://} or {@code https://}
   */
  public static HttpSource of(String url) {
    if (!requireNonNull(url, "url").startsWith("http://") && !url.startsWith("https://")) {
      throw new IllegalArgumentException(
          "http source: \"" + url + "\" is no URL of the web; begin it with https:// or http://");
    }
    return new HttpSource(url, Attrs.NONE, Constraints.none());
  }

  /** Demands that the file has this digest. */
  public HttpSource checksum(Digest content) {
    return attrs(attrs.with("http.checksum", content.toString(), Caps.SOURCE_HTTP_CHECKSUM));
  }

  /**
   * Sets the name of the file; the default is the one that the server gives, else the last part of the
   * URL.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public HttpSource filename(String name) {
    return attrs(FileAttrs.filename(attrs, name));
  }

  /**
   * Sets the permissions of the file; the default is 0600.
   *
   * @param mode in octal, such as 0644; only the permission bits (0777) are used
   * @throws IllegalArgumentException if it is not between 0 and 07777
   */
  public HttpSource chmod(int mode) {
    return attrs(FileAttrs.chmod(attrs, mode, Caps.SOURCE_HTTP_PERM));
  }

  /**
   * Sets the owner of the file; the default is root.
   *
   * @throws IllegalArgumentException if a number is negative
   */
  public HttpSource chown(int uid, int gid) {
    return attrs(FileAttrs.chown(attrs, uid, gid, Caps.SOURCE_HTTP_OWNER));
  }

  /**
   * Sends the secret {@code id} of the client as the {@code Authorization} header.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public HttpSource authHeaderSecret(String id) {
    Check.notEmpty(id, "http source: authHeaderSecret", "give the id of a secret");
    return attrs(attrs.with("http.authheadersecret", id, Caps.SOURCE_HTTP_AUTH));
  }

  /** Sends an {@code Accept} header; none if it is empty. */
  public HttpSource accept(String mediaTypes) {
    return header("http.header.accept", mediaTypes);
  }

  /** Sends a {@code User-Agent} header instead of BuildKit's; that again if it is empty. */
  public HttpSource userAgent(String agent) {
    return header("http.header.user-agent", agent);
  }

  private HttpSource header(String key, String value) {
    Attrs changed = value.isEmpty() ? attrs.without(key) : attrs.with(key, value);
    return attrs(changed.demand(Caps.SOURCE_HTTP_HEADER));
  }

  /**
   * Demands that the file is signed with an OpenPGP key.
   *
   * @param publicKey is the armored key
   * @param signature is the armored detached signature
   * @throws IllegalArgumentException if one is empty
   */
  public HttpSource verifyPgpSignature(String publicKey, String signature) {
    Check.notEmpty(publicKey, "http source: public key", "pass the armored key");
    Check.notEmpty(signature, "http source: signature", "pass the armored detached signature");
    return attrs(attrs
        .with("http.sig.pubkey", publicKey, Caps.SOURCE_HTTP_SIGNATURE)
        .with("http.sig.signature", signature, Caps.SOURCE_HTTP_SIGNATURE));
  }

  @Override
  public HttpSource attr(String key, String value) {
    return attrs(attrs.with(key, value));
  }

  @Override
  public HttpSource constraints(Constraints constraints) {
    return new HttpSource(url, attrs, requireNonNull(constraints, "constraints"));
  }

  private HttpSource attrs(Attrs changed) {
    return new HttpSource(url, changed, constraints);
  }
}
