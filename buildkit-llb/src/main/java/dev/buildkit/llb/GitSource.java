/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

/**
 * The files of a commit in a git repository.
 *
 * <p>For https the client's secrets {@code GIT_AUTH_TOKEN} and {@code GIT_AUTH_HEADER} are used if it
 * has them, for ssh its default agent. Each method returns a changed copy.
 *
 * <pre>{@code
 * State.from(GitSource.of("https://github.com/moby/buildkit.git").ref("v0.34.2").subdir("docs"))
 * }</pre>
 */
public final class GitSource extends Source {
  private static final String TOKEN_SECRET = "git.authtokensecret";
  private static final String HEADER_SECRET = "git.authheadersecret";
  private static final String KEEP_GIT_DIR = "git.keepgitdir";
  private static final String CHECKOUT_BUNDLE = "git.checkoutbundle";
  private static final String KNOWN_HOSTS = "git.knownsshhosts";
  private static final String SSH_SOCKET = "git.mountsshsock";

  private final GitUrl url;
  private final String ref;
  private final String subdir;

  private GitSource(GitUrl url, String ref, String subdir, Attrs attrs, Constraints constraints) {
    super("git://" + identifier(url, ref, subdir), Caps.SOURCE_GIT, attrs, constraints);
    this.url = url;
    this.ref = ref;
    this.subdir = subdir;
  }

  private static String identifier(GitUrl url, String ref, String subdir) {
    if (ref.isEmpty() && subdir.isEmpty()) {
      return url.repository();
    }
    return url.repository() + "#" + ref + (subdir.isEmpty() ? "" : ":" + subdir);
  }

  /**
   * Returns a repository, of which the default branch is taken if {@code url} does not end with {@code
   * #ref} or {@code #ref:subdir}.
   *
   * @param url such as {@code https://github.com/moby/buildkit.git} or {@code
   *     git@github.com:moby/buildkit.git}; without a protocol it is https
   * @throws IllegalArgumentException if it is empty, or its protocol is none of https, http, ssh and
   *     git, or it has a query
   */
  public static GitSource of(String url) {
    GitUrl parsed = GitUrl.parse(url);
    if (!parsed.query().isEmpty()) {
      throw new IllegalArgumentException("git source \"" + url + "\": the query ?" + parsed.query()
          + " is not read; use ref(), subdir() and the like");
    }
    return of(parsed, parsed.fragment());
  }

  /**
   * Returns a repository and what to take of it. What {@code url} itself says of that is not used.
   *
   * @param fragment is {@code ref}, {@code ref:subdir}, {@code :subdir} or empty
   * @throws IllegalArgumentException as {@link #of(String)} does
   */
  public static GitSource of(String url, String fragment) {
    return of(GitUrl.parse(url), fragment);
  }

  private static GitSource of(GitUrl url, String fragment) {
    int colon = fragment.indexOf(':');
    String ref = colon < 0 ? fragment : fragment.substring(0, colon);
    String subdir =
        colon < 0 ? "" : UnixPath.join("/", fragment.substring(colon + 1)).substring(1);
    Attrs attrs = Attrs.NONE
        .with("git.fullurl", url.remote(), Caps.SOURCE_GIT_FULL_URL)
        .with(TOKEN_SECRET, "GIT_AUTH_TOKEN")
        .with(HEADER_SECRET, "GIT_AUTH_HEADER");
    if (url.isSsh()) {
      attrs = attrs
          .with(SSH_SOCKET, "default", Caps.SOURCE_GIT_MOUNT_SSH)
          .demand(Caps.SOURCE_GIT_KNOWN_HOSTS);
    }
    return new GitSource(url, ref, subdir, attrs, Constraints.none());
  }

  /** Takes this branch, tag or commit. */
  public GitSource ref(String ref) {
    return new GitSource(url, requireNonNull(ref, "ref"), subdir, attrs, constraints);
  }

  /** Takes the files of this directory only; the path is used as it is. */
  public GitSource subdir(String path) {
    return new GitSource(url, ref, requireNonNull(path, "path"), attrs, constraints);
  }

  /**
   * Demands that the ref leads to this commit.
   *
   * @param commit is its hash
   * @throws IllegalArgumentException if it is empty
   */
  public GitSource checksum(String commit) {
    Check.notEmpty(commit, "git source: checksum", "give the hash of a commit");
    return attrs(attrs.with("git.checksum", commit, Caps.SOURCE_GIT_CHECKSUM));
  }

  /**
   * Demands that the commit, or the tag that leads to it, is signed.
   *
   * @see GitSignature#by
   */
  public GitSource verifySignature(GitSignature signature) {
    return attrs(signature.writeTo(attrs));
  }

  /** Takes the {@linkplain #checksum commit} without asking the server where the ref leads. */
  public GitSource fetchByCommit() {
    return attrs(attrs.with("git.fetchbycommit", "true", Caps.SOURCE_GIT_FETCH_BY_COMMIT));
  }

  /** Keeps the directory {@code .git}. */
  public GitSource keepGitDir() {
    return attrs(attrs.with(KEEP_GIT_DIR, "true", Caps.SOURCE_GIT_KEEP_DIR));
  }

  /** Leaves submodules out; the default is to fetch them. */
  public GitSource skipSubmodules() {
    return attrs(attrs.with("git.skipsubmodules", "true", Caps.SOURCE_GIT_SKIP_SUBMODULES));
  }

  /** Gives all files the time of the commit; the default is that of the checkout. */
  public GitSource mtimeCommit() {
    return attrs(attrs.with("git.mtime", "commit", Caps.SOURCE_GIT_MTIME));
  }

  /**
   * Shows Git's advice, such as that about a detached head, in the output of the step. The default is to hide it; daemons before
   * BuildKit 0.33 ignore this and show it always.
   */
  public GitSource advice() {
    return attrs(attrs.with("git.advice", "true"));
  }

  /**
   * Sets the secret of the client that is the token for https; an empty id is none.
   *
   * @param id for which the default is {@code GIT_AUTH_TOKEN}
   */
  public GitSource authTokenSecret(String id) {
    return authSecret(TOKEN_SECRET, id);
  }

  /**
   * Sets the secret of the client that is the {@code Authorization} header for https; an empty id is
   * none.
   *
   * @param id for which the default is {@code GIT_AUTH_HEADER}
   */
  public GitSource authHeaderSecret(String id) {
    return authSecret(HEADER_SECRET, id);
  }

  private GitSource authSecret(String key, String id) {
    Attrs changed = id.isEmpty() ? attrs.without(key) : attrs.with(key, id);
    // Demanded as soon as one of the defaults is changed and one secret is left.
    return attrs(changed
        .demand(TOKEN_SECRET, Caps.SOURCE_GIT_HTTP_AUTH)
        .demand(HEADER_SECRET, Caps.SOURCE_GIT_HTTP_AUTH));
  }

  /**
   * Adds lines of a {@code known_hosts} file, for ssh. Without them the daemon trusts any host.
   *
   * <p>Nothing is used for other protocols.
   */
  public GitSource addKnownSshHosts(String lines) {
    if (!url.isSsh()) {
      return this;
    }
    String line = lines.endsWith("\n") ? lines : lines + "\n";
    return attr(KNOWN_HOSTS, attrs.values().getOrDefault(KNOWN_HOSTS, "") + line);
  }

  /** Sets the SSH agent of the client that is used for ssh; the default is {@code default}. */
  public GitSource mountSshSocket(String id) {
    return url.isSsh() ? attrs(attrs.with(SSH_SOCKET, id, Caps.SOURCE_GIT_MOUNT_SSH)) : this;
  }

  /**
   * Takes the history from a git bundle instead of the server; {@link #checksum} must name the commit.
   *
   * @param locator is that of a blob, such as {@code docker-image+blob://ghcr.io/org/app@sha256:…}
   * @throws IllegalArgumentException if it is empty
   */
  public GitSource bundle(String locator) {
    Check.notEmpty(locator, "git source: bundle", "give the locator of a blob");
    return attrs(attrs.with("git.bundle", locator, Caps.SOURCE_GIT_BUNDLE));
  }

  /** Sets the session and the store of the client that a bundle in an OCI layout is taken from. */
  public GitSource bundleOciStore(String sessionId, String storeId) {
    return attr("oci.session", sessionId).attr("oci.store", storeId);
  }

  /**
   * Yields a git bundle of the commit, in a file named {@code bundle}, instead of its files. Daemons
   * want the commit to be named by {@link #checksum}.
   */
  public GitSource checkoutBundle() {
    return attrs(attrs.with(CHECKOUT_BUNDLE, "true", Caps.SOURCE_GIT_CHECKOUT_BUNDLE));
  }

  @Override
  public GitSource attr(String key, String value) {
    return attrs(attrs.with(key, value));
  }

  @Override
  public GitSource constraints(Constraints constraints) {
    return new GitSource(url, ref, subdir, attrs, requireNonNull(constraints, "constraints"));
  }

  private GitSource attrs(Attrs changed) {
    return new GitSource(url, ref, subdir, changed, constraints);
  }

  @Override
  State state() {
    if (attrs.has(CHECKOUT_BUNDLE) && (attrs.has(KEEP_GIT_DIR) || !subdir.isEmpty())) {
      throw new IllegalArgumentException(
          this + ": a bundle has no files; leave out keepGitDir() and subdir()");
    }
    if (attrs.has("git.bundle") && !attrs.has("git.checksum")) {
      throw new IllegalArgumentException(
          this + ": a bundle does not say which commit to take; name it with checksum()");
    }
    return super.state();
  }
}
