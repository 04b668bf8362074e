/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a git repository.
 *
 * @param host is without user, and with the port if there is one
 * @param path is without percent-encoding
 * @param remote is the address that git gets
 * @param query is what follows a question mark; empty if nothing does
 * @param fragment is what follows a hash sign; empty if nothing does
 */
record GitUrl(
    String scheme, String host, String path, String remote, String query, String fragment) {
  private static final Set<String> SCHEMES = Set.of("https", "http", "ssh", "git");
  private static final Pattern SCHEME = Pattern.compile("([a-zA-Z0-9]+)://");

  /** The short form of ssh, as in {@code git@github.com:moby/buildkit.git}. */
  private static final Pattern SCP =
      Pattern.compile("([a-zA-Z0-9_-]+@([a-zA-Z0-9.-]+):([^?#\n]*+))(?:\\?([^#\n]*+))?(?:#(.*))?");

  private static final Pattern URL = Pattern.compile(
      "(?:[^@/?#]*@)*+([^@/?#\\s]*+)((?:/[^?#]*+)?)(?:\\?([^#]*+))?(?:#(.*))?", Pattern.DOTALL);

  /** Returns the address that {@code text} spells; without a scheme it is https. */
  static GitUrl parse(String text) {
    Check.notEmpty(text, "git source: url", "give the address of a repository");
    if (SCHEME.matcher(text).lookingAt()) {
      return url(text);
    }
    Matcher scp = SCP.matcher(text);
    if (scp.matches()) {
      return new GitUrl(
          "ssh", scp.group(2), scp.group(3), scp.group(1), orEmpty(scp, 4), orEmpty(scp, 5));
    }
    return url("https://" + text);
  }

  private static GitUrl url(String text) {
    int schemeEnd = text.indexOf("://");
    String scheme = text.substring(0, schemeEnd).toLowerCase(Locale.ROOT);
    if (!SCHEMES.contains(scheme)) {
      throw invalid(text, "invalid protocol " + scheme + "; use https, http, ssh or git");
    }
    String rest = text.substring(schemeEnd + "://".length());
    Matcher url = URL.matcher(rest);
    if (!url.matches() || url.group(1).isEmpty()) {
      throw invalid(text, "it has no valid host; write https://host/path");
    }
    String path = url.group(2);
    String remote = scheme + "://" + rest.substring(0, url.end(2));
    return new GitUrl(
        scheme,
        url.group(1),
        decode(text, path),
        remote,
        orEmpty(url, 3),
        decode(text, orEmpty(url, 4)));
  }

  private static String orEmpty(Matcher matcher, int group) {
    String value = matcher.group(group);
    return value == null ? "" : value;
  }

  private static String decode(String text, String encoded) {
    try {
      return Percent.decode(encoded);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("parse git url \"" + text + "\": " + e.getMessage(), e);
    }
  }

  boolean isSsh() {
    return scheme.equals("ssh");
  }

  /** Returns host and path, which are the same for all protocols by which a repository is reached. */
  String repository() {
    return host + UnixPath.join("/", path);
  }

  private static IllegalArgumentException invalid(String text, String reason) {
    return new IllegalArgumentException(
        "parse git url \"" + requireNonNull(text) + "\": " + reason);
  }
}
