/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import dev.buildkit.api.OpsProto;
import dev.buildkit.api.OpsProto.FileActionCopy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copies files; see {@link FileAction#copy(State, String, String)}. */
public final class CopyAction extends FileAction {
  private static final int KEEP_MODE = -1;

  private final State from;
  private final @Nullable FileChain chain;
  private final FileActionCopy template;
  private final @Nullable Owner owner;

  private CopyAction(
      State from, @Nullable FileChain chain, FileActionCopy template, @Nullable Owner owner) {
    this.from = from;
    this.chain = chain;
    this.template = template;
    this.owner = owner;
  }

  static CopyAction of(State from, String source, String destination) {
    requireNonNull(from, "from");
    return new CopyAction(from, null, template(source, destination), null);
  }

  static CopyAction of(FileChain from, String source, String destination) {
    return new CopyAction(from.base(), from, template(source, destination), null);
  }

  private static FileActionCopy template(String source, String destination) {
    return FileActionCopy.newBuilder()
        .setSrc(checkPath(source, "copy: source"))
        .setDest(checkPath(destination, "copy: destination"))
        .setMode(KEEP_MODE)
        .setTimestamp(FileTime.UNSET)
        .build();
  }

  /**
   * Sets the permissions of all that is copied; the default is to keep them.
   *
   * @param mode in octal, such as 0755; setuid, setgid and sticky are used too
   * @throws IllegalArgumentException if it is not between 0 and 07777
   */
  public CopyAction chmod(int mode) {
    return copy(template.toBuilder().setMode(Check.mode(mode)).clearModeStr());
  }

  /**
   * Changes the permissions of all that is copied, such as {@code u=rwX,go=rX}.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public CopyAction chmod(String symbolic) {
    Check.notEmpty(symbolic, "copy: mode", "write it as for the chmod command, such as go-w");
    return copy(template.toBuilder().clearMode().setModeStr(symbolic));
  }

  /**
   * Sets the owner as {@code user} or {@code user:group}, each a number or a name that is looked up in
   * the files of the state; a name that is not there counts as root. Without a group, a number is the
   * group too, and a name gets its primary group; {@code user:} means the same. The default is to keep the owner.
   *
   * @throws IllegalArgumentException if the user is empty
   */
  public CopyAction chown(String owner) {
    return new CopyAction(from, chain, template, Owner.parse(owner));
  }

  /**
   * Sets the owner; the default is to keep it.
   *
   * @throws IllegalArgumentException if a number is negative
   */
  public CopyAction chown(int uid, int gid) {
    return new CopyAction(from, chain, template, Owner.of(uid, gid));
  }

  /** Sets the times of all that is copied; the default is to keep them. */
  public CopyAction createdTime(Instant time) {
    return copy(template.toBuilder().setTimestamp(FileTime.toNanos(time)));
  }

  /** Copies what the source leads to, if it is a symbolic link. */
  public CopyAction followSymlinks() {
    return copy(template.toBuilder().setFollowSymlink(true));
  }

  /** Copies what is in the source, if it is a directory, instead of the directory itself. */
  public CopyAction dirContentsOnly() {
    return copy(template.toBuilder().setDirCopyContents(true));
  }

  /** Unpacks the source if it is a tar archive, as {@code ADD} does in a Dockerfile. */
  public CopyAction attemptUnpack() {
    return copy(template.toBuilder().setAttemptUnpackDockerCompatibility(true));
  }

  /** Creates the directories above the destination if they are missing. */
  public CopyAction createDestPath() {
    return copy(template.toBuilder().setCreateDestPath(true));
  }

  /** Copies all that the source matches as a pattern with {@code *}, {@code ?} and {@code [a-z]}. */
  public CopyAction allowWildcard() {
    return copy(template.toBuilder().setAllowWildcard(true));
  }

  /** Copies nothing if the pattern matches nothing; the default is to fail. */
  public CopyAction allowEmptyWildcard() {
    return copy(template.toBuilder().setAllowEmptyWildcard(true));
  }

  /** Replaces what is at the destination, even a directory by a file. */
  public CopyAction alwaysReplaceExistingDestPaths() {
    return copy(template.toBuilder().setAlwaysReplaceExistingDestPaths(true));
  }

  /** Copies only what matches one of these patterns, as in a {@code .dockerignore} file. */
  public CopyAction includePatterns(String... patterns) {
    return copy(
        template.toBuilder().clearIncludePatterns().addAllIncludePatterns(List.of(patterns)));
  }

  /** Leaves out what matches these patterns, as in a {@code .dockerignore} file. */
  public CopyAction excludePatterns(String... patterns) {
    return copy(
        template.toBuilder().clearExcludePatterns().addAllExcludePatterns(List.of(patterns)));
  }

  /**
   * Fails if one of these paths is not among what is copied.
   *
   * @param paths begin at the root of the state that is copied from, such as {@code /dir/file}
   */
  public CopyAction requiredPaths(String... paths) {
    return copy(template.toBuilder().clearRequiredPaths().addAllRequiredPaths(List.of(paths)));
  }

  private CopyAction copy(FileActionCopy.Builder changed) {
    return new CopyAction(from, chain, changed.build(), owner);
  }

  /** Returns the output that is copied from; null if that is empty, or the result of a chain. */
  @Nullable
  Output source() {
    return chain == null ? from.output() : null;
  }

  @Nullable
  FileChain chain() {
    return chain;
  }

  @Override
  void write(OpsProto.FileAction.Builder to, MarshalContext context, State base, int baseInput) {
    FileActionCopy.Builder copy = template.toBuilder()
        .setSrc(resolve(context, from, template.getSrc()))
        .setDest(destination(context, base));
    if (owner != null) {
      copy.setOwner(owner.toProto(baseInput));
    }
    to.setCopy(copy);
  }

  /** Returns the destination with its last slash, which says that it is a directory. */
  private String destination(MarshalContext context, State base) {
    String path = template.getDest();
    String resolved = resolve(context, base, path);
    String slashed = resolved.endsWith("/") ? resolved : resolved + "/";
    if (path.endsWith("/")) {
      return slashed;
    }
    return path.endsWith("/.") ? slashed + "." : resolved;
  }

  @Override
  public String toString() {
    return "copy " + template.getSrc() + " to " + template.getDest();
  }
}
