/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import dev.buildkit.api.OpsProto;
import dev.buildkit.api.OpsProto.FileActionMkDir;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes a directory; see {@link FileAction#mkdir}. */
public final class MkdirAction extends FileAction {
  private final FileActionMkDir template;
  private final @Nullable Owner owner;

  private MkdirAction(FileActionMkDir template, @Nullable Owner owner) {
    this.template = template;
    this.owner = owner;
  }

  static MkdirAction of(String path, int mode) {
    FileActionMkDir.Builder template = FileActionMkDir.newBuilder()
        .setPath(checkPath(path, "mkdir: path"))
        .setMode(Check.permissions(mode))
        .setTimestamp(FileTime.UNSET);
    return new MkdirAction(template.build(), null);
  }

  /** Makes the directories above it too, if they are missing; an existing one is then no error. */
  public MkdirAction parents() {
    return new MkdirAction(template.toBuilder().setMakeParents(true).build(), owner);
  }

  /**
   * Sets the owner as {@code user} or {@code user:group}, each a number or a name that is looked up in
   * the files of the state; a name that is not there counts as root. Without a group, a number is the
   * group too, and a name gets its primary group; {@code user:} means the same.
   *
   * @throws IllegalArgumentException if the user is empty
   */
  public MkdirAction chown(String owner) {
    return new MkdirAction(template, Owner.parse(owner));
  }

  /**
   * Sets the owner.
   *
   * @throws IllegalArgumentException if a number is negative
   */
  public MkdirAction chown(int uid, int gid) {
    return new MkdirAction(template, Owner.of(uid, gid));
  }

  /** Sets the times of the directory; the default is the time when it is made. */
  public MkdirAction createdTime(Instant time) {
    return new MkdirAction(
        template.toBuilder().setTimestamp(FileTime.toNanos(time)).build(), owner);
  }

  @Override
  void write(OpsProto.FileAction.Builder to, MarshalContext context, State base, int baseInput) {
    FileActionMkDir.Builder mkdir =
        template.toBuilder().setPath(resolve(context, base, template.getPath()));
    if (owner != null) {
      mkdir.setOwner(owner.toProto(baseInput));
    }
    to.setMkdir(mkdir);
  }

  @Override
  public String toString() {
    return "mkdir " + template.getPath();
  }
}
