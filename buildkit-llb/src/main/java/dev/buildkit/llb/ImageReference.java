/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of an image with its registry, and a tag or a digest or both.
 *
 * <p>Short names are completed as the docker command does: {@code alpine} is {@code
 * docker.io/library/alpine}.
 *
 * @param domain is the registry, with its port
 * @param path is the repository in the registry
 */
record ImageReference(
    String domain,
    String path,
    @Nullable String tag,
    @Nullable Digest digest) {
  private static final String HUB = "docker.io";
  private static final String OLD_HUB = "index.docker.io";
  private static final String OFFICIAL = "library/";
  private static final int MAX_PATH_LENGTH = 255;

  /** More than any valid reference has: the expressions below are never let loose on longer ones. */
  private static final int MAX_LENGTH = 1000;

  private static final Pattern IDENTIFIER = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern DOMAIN =
      Pattern.compile("(?:\\[[0-9a-fA-F:]+\\]|[a-zA-Z0-9](?:[a-zA-Z0-9-]*+(?<!-))"
          + "(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*+(?<!-)))*+)(?::[0-9]+)?");
  private static final Pattern PATH = Pattern.compile(
      "[a-z0-9]++(?:(?:\\.|__?|-+)[a-z0-9]++)*+(?:/[a-z0-9]++(?:(?:\\.|__?|-+)[a-z0-9]++)*+)*+");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
  private static final Pattern DIGEST =
      Pattern.compile("[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*+:[0-9a-fA-F]{32,}");

  /** Returns the reference that {@code text} spells, with the registry it leaves out. */
  static ImageReference parse(String text) {
    requireNonNull(text, "reference");
    if (text.length() > MAX_LENGTH) {
      throw invalid(text.substring(0, 100) + "…", "it is too long; check what was passed");
    }
    if (IDENTIFIER.matcher(text).matches()) {
      throw invalid(
          text,
          "invalid repository name (" + text + "), cannot specify 64-byte hexadecimal strings; put"
              + " sha256: before a digest and a name before that");
    }
    int slash = text.indexOf('/');
    boolean hasDomain = slash >= 0 && isDomain(text.substring(0, slash));
    String domain = hasDomain ? text.substring(0, slash) : HUB;
    if (domain.equals(OLD_HUB)) {
      domain = HUB;
    }
    String rest = hasDomain ? text.substring(slash + 1) : text;
    if (domain.equals(HUB) && rest.indexOf('/') < 0) {
      rest = OFFICIAL + rest;
    }
    return parse(text, domain, rest);
  }

  /** Returns whether the part before the first slash is a registry, not an organisation of the hub. */
  private static boolean isDomain(String first) {
    return first.contains(".")
        || first.contains(":")
        || first.equals("localhost")
        || !first.equals(first.toLowerCase(Locale.ROOT));
  }

  private static ImageReference parse(String text, String domain, String rest) {
    int at = rest.indexOf('@');
    String tagged = at < 0 ? rest : rest.substring(0, at);
    int colon = tagged.indexOf(':');
    String path = colon < 0 ? tagged : tagged.substring(0, colon);
    String tag = colon < 0 ? null : tagged.substring(colon + 1);
    String digest = at < 0 ? null : rest.substring(at + 1);
    if (!path.equals(path.toLowerCase(Locale.ROOT))) {
      throw malformed(
          text,
          "repository name (" + path + ") must be lowercase; write "
              + path.toLowerCase(Locale.ROOT));
    }
    boolean valid = DOMAIN.matcher(domain).matches()
        && PATH.matcher(path).matches()
        && (tag == null || TAG.matcher(tag).matches())
        && (digest == null || DIGEST.matcher(digest).matches());
    if (!valid) {
      throw malformed(text, "write it as registry/repository:tag, such as alpine:3.22");
    }
    if (path.length() > MAX_PATH_LENGTH) {
      throw invalid(
          text, "repository name must not be more than " + MAX_PATH_LENGTH + " characters");
    }
    return new ImageReference(domain, path, tag, digest == null ? null : digest(text, digest));
  }

  private static Digest digest(String text, String digest) {
    try {
      return Digest.parse(digest);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "parse image reference \"" + text + "\": " + e.getMessage(), e);
    }
  }

  /** Returns the reference with the tag {@code latest} if it has neither tag nor digest. */
  ImageReference withDefaultTag() {
    return tag == null && digest == null ? new ImageReference(domain, path, "latest", null) : this;
  }

  ImageReference withDigest(Digest manifest) {
    return new ImageReference(domain, path, tag, manifest);
  }

  /** Returns the registry and the repository. */
  String name() {
    return domain + "/" + path;
  }

  private static IllegalArgumentException malformed(String text, String reason) {
    return invalid(text, "invalid reference format: " + reason);
  }

  private static IllegalArgumentException invalid(String text, String reason) {
    return new IllegalArgumentException("parse image reference \"" + text + "\": " + reason);
  }

  /** Returns all parts in the form in which operations name images. */
  @Override
  public String toString() {
    return name()
        + Optional.ofNullable(tag).map(t -> ":" + t).orElse("")
        + Optional.ofNullable(digest).map(d -> "@" + d).orElse("");
  }
}
