/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import com.google.protobuf.ByteString;
import dev.buildkit.api.OpsProto;
import dev.buildkit.api.OpsProto.FileActionMkFile;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes a file; see {@link FileAction#mkfile(String, int, String)}. */
public final class MkfileAction extends FileAction {
  private final FileActionMkFile template;
  private final @Nullable Owner owner;

  private MkfileAction(FileActionMkFile template, @Nullable Owner owner) {
    this.template = template;
    this.owner = owner;
  }

  static MkfileAction of(String path, int mode, byte[] content) {
    FileActionMkFile.Builder template = FileActionMkFile.newBuilder()
        .setPath(checkPath(path, "mkfile: path"))
        .setMode(Check.permissions(mode))
        .setData(ByteString.copyFrom(content))
        .setTimestamp(FileTime.UNSET);
    return new MkfileAction(template.build(), null);
  }

  /**
   * Sets the owner as {@code user} or {@code user:group}, each a number or a name that is looked up in
   * the files of the state; a name that is not there counts as root. Without a group, a number is the
   * group too, and a name gets its primary group; {@code user:} means the same.
   *
   * @throws IllegalArgumentException if the user is empty
   */
  public MkfileAction chown(String owner) {
    return new MkfileAction(template, Owner.parse(owner));
  }

  /**
   * Sets the owner.
   *
   * @throws IllegalArgumentException if a number is negative
   */
  public MkfileAction chown(int uid, int gid) {
    return new MkfileAction(template, Owner.of(uid, gid));
  }

  /** Sets the times of the file; the default is the time when it is made. */
  public MkfileAction createdTime(Instant time) {
    return new MkfileAction(
        template.toBuilder().setTimestamp(FileTime.toNanos(time)).build(), owner);
  }

  @Override
  void write(OpsProto.FileAction.Builder to, MarshalContext context, State base, int baseInput) {
    FileActionMkFile.Builder mkfile =
        template.toBuilder().setPath(resolve(context, base, template.getPath()));
    if (owner != null) {
      mkfile.setOwner(owner.toProto(baseInput));
    }
    to.setMkfile(mkfile);
  }

  /** Returns the path, without the content. */
  @Override
  public String toString() {
    return "mkfile " + template.getPath();
  }
}
