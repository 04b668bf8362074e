/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import dev.buildkit.api.OpsProto;
import dev.buildkit.api.OpsProto.FileActionSymlink;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes a symbolic link; see {@link FileAction#symlink}. */
public final class SymlinkAction extends FileAction {
  private final FileActionSymlink template;
  private final @Nullable Owner owner;

  private SymlinkAction(FileActionSymlink template, @Nullable Owner owner) {
    this.template = template;
    this.owner = owner;
  }

  static SymlinkAction of(String target, String link) {
    FileActionSymlink.Builder template = FileActionSymlink.newBuilder()
        .setOldpath(checkPath(target, "symlink: target"))
        .setNewpath(checkPath(link, "symlink: link"))
        .setTimestamp(FileTime.UNSET);
    return new SymlinkAction(template.build(), null);
  }

  /**
   * Sets the owner as {@code user} or {@code user:group}, each a number or a name that is looked up in
   * the files of the state; a name that is not there counts as root. Without a group, a number is the
   * group too, and a name gets its primary group; {@code user:} means the same.
   *
   * @throws IllegalArgumentException if the user is empty
   */
  public SymlinkAction chown(String owner) {
    return new SymlinkAction(template, Owner.parse(owner));
  }

  /**
   * Sets the owner.
   *
   * @throws IllegalArgumentException if a number is negative
   */
  public SymlinkAction chown(int uid, int gid) {
    return new SymlinkAction(template, Owner.of(uid, gid));
  }

  /** Sets the times of the link; the default is the time when it is made. */
  public SymlinkAction createdTime(Instant time) {
    return new SymlinkAction(
        template.toBuilder().setTimestamp(FileTime.toNanos(time)).build(), owner);
  }

  @Override
  void write(OpsProto.FileAction.Builder to, MarshalContext context, State base, int baseInput) {
    FileActionSymlink.Builder symlink = template.toBuilder();
    if (owner != null) {
      symlink.setOwner(owner.toProto(baseInput));
    }
    to.setSymlink(symlink);
  }

  @Override
  public String toString() {
    return "symlink " + template.getNewpath() + " to " + template.getOldpath();
  }
}
