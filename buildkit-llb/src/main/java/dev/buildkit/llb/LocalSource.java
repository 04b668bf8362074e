/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import dev.buildkit.llb.internal.GoJson;
import java.util.List;

/**
 * A directory of the client that solves, known by a name.
 *
 * <p>Only what the build asks for is sent, and only what changed since the last time. Each method
 * returns a changed copy.
 *
 * <pre>{@code
 * State.from(LocalSource.of("context").excludePatterns(".git", "**" + "/target"))
 * }</pre>
 */
public final class LocalSource extends Source {
  private final String name;

  private LocalSource(String name, Attrs attrs, Constraints constraints) {
    super("local://" + name, Caps.SOURCE_LOCAL, attrs, constraints);
    this.name = name;
  }

  /**
   * Returns the directory that the client offers under this name.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public static LocalSource of(String name) {
    Check.notEmpty(name, "local source: name", "use the one given to the solve, such as context");
    return new LocalSource(name, Attrs.NONE, Constraints.none());
  }

  /** Sends only what matches one of these patterns, as in a {@code .dockerignore} file. */
  public LocalSource includePatterns(String... patterns) {
    return includePatterns(List.of(patterns));
  }

  /** Sends only what matches one of these patterns. */
  public LocalSource includePatterns(List<String> patterns) {
    return list("local.includepattern", Caps.SOURCE_LOCAL_INCLUDE, patterns);
  }

  /**
   * Leaves out what matches these patterns, as in a {@code .dockerignore} file; one that begins with
   * {@code !} takes files back in.
   */
  public LocalSource excludePatterns(String... patterns) {
    return excludePatterns(List.of(patterns));
  }

  /** Leaves out what matches these patterns, such as those of {@link IgnoreFile#parse}. */
  public LocalSource excludePatterns(List<String> patterns) {
    return list("local.excludepatterns", Caps.SOURCE_LOCAL_EXCLUDE, patterns);
  }

  /** Sends only these paths and what they lead to, if they are symbolic links. */
  public LocalSource followPaths(String... paths) {
    return list("local.followpaths", Caps.SOURCE_LOCAL_FOLLOW, List.of(paths));
  }

  /** Sets a key by which the daemon finds the files of earlier builds to compare with. */
  public LocalSource sharedKeyHint(String key) {
    return attrs(attrs.with("local.sharedkeyhint", key, Caps.SOURCE_LOCAL_SHARED_KEY));
  }

  /** Takes the files from another session than that of the solve. */
  public LocalSource sessionId(String id) {
    return attrs(attrs.with("local.session", id, Caps.SOURCE_LOCAL_SESSION));
  }

  /**
   * Sends files again only if their size, times, mode or owner changed since the last time; this is
   * the default.
   *
   * @param required makes daemons that do not know this setting refuse the build
   */
  public LocalSource differMetadata(boolean required) {
    return differ("metadata", required);
  }

  /**
   * Sends all files each time.
   *
   * @param required makes daemons that do not know this setting refuse the build
   */
  public LocalSource differNone(boolean required) {
    return differ("none", required);
  }

  private LocalSource differ(String mode, boolean required) {
    return attrs(attrs.with("local.differ", mode, required ? Caps.SOURCE_LOCAL_DIFFER : null));
  }

  /** Sends names and metadata of files without their content, except for files that match. */
  public LocalSource metadataOnlyTransfer(String... exceptPatterns) {
    Attrs changed = attrs.with("local.metadatatransfer", "true", Caps.SOURCE_LOCAL_METADATA);
    String exceptions = "local.metadatatransferexclude";
    return attrs(
        exceptPatterns.length == 0
            ? changed.without(exceptions)
            : changed.with(exceptions, GoJson.array(List.of(exceptPatterns))));
  }

  @Override
  public LocalSource attr(String key, String value) {
    return attrs(attrs.with(key, value));
  }

  @Override
  public LocalSource constraints(Constraints constraints) {
    return new LocalSource(name, attrs, requireNonNull(constraints, "constraints"));
  }

  private LocalSource list(String key, String cap, List<String> values) {
    return attrs(
        values.isEmpty() ? attrs.without(key) : attrs.with(key, GoJson.array(values), cap));
  }

  private LocalSource attrs(Attrs changed) {
    return new LocalSource(name, changed, constraints);
  }
}
