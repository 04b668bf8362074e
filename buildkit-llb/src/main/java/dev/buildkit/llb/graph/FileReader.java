/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import dev.buildkit.api.OpsProto;
import dev.buildkit.api.OpsProto.FileActionCopy;
import dev.buildkit.api.OpsProto.FileActionMkDir;
import dev.buildkit.api.OpsProto.FileActionMkFile;
import dev.buildkit.api.OpsProto.FileActionSymlink;
import dev.buildkit.llb.graph.FileOp.ChownOpt;
import dev.buildkit.llb.graph.FileOp.UserOpt;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Reads changes of files. */
final class FileReader {
  private static final long UNSET = -1;

  private final OpsProto.Op op;
  private final Door door;

  FileReader(OpsProto.Op op, Door door) {
    this.op = op;
    this.door = door;
  }

  FileOp read() {
    return new FileOp(IntStream.range(0, op.getFile().getActionsCount())
        .mapToObj(this::action)
        .toList());
  }

  private FileOp.Action action(int index) {
    OpsProto.FileAction action = op.getFile().getActions(index);
    String field = "file.actions[" + index + "]";
    // An action reads inputs of the operation and what came before it.
    long limit = (long) op.getInputsCount() + index;
    return new FileOp.Action(
        door.index(action.getInput(), limit, field + ".input"),
        door.index(action.getSecondaryInput(), limit, field + ".secondaryInput"),
        door.index(action.getOutput(), op.getFile().getActionsCount(), field + ".output"),
        change(action));
  }

  private FileOp.Change change(OpsProto.FileAction action) {
    return switch (action.getActionCase()) {
      case COPY -> copy(action.getCopy());
      case MKFILE -> mkfile(action.getMkfile());
      case MKDIR -> mkdir(action.getMkdir());
      case SYMLINK -> symlink(action.getSymlink());
      case RM ->
        new FileOp.Rm(
            action.getRm().getPath(),
            action.getRm().getAllowNotFound(),
            action.getRm().getAllowWildcard());
      case ACTION_NOT_SET ->
        new FileOp.UnknownChange(action.getUnknownFields().toByteString().asReadOnlyByteBuffer());
    };
  }

  private FileOp.Copy copy(FileActionCopy copy) {
    return new FileOp.Copy(
        copy.getSrc(),
        copy.getDest(),
        owner(copy.hasOwner(), copy.getOwner()),
        copy.getMode() == UNSET ? OptionalInt.empty() : OptionalInt.of(copy.getMode()),
        copy.getFollowSymlink(),
        copy.getDirCopyContents(),
        copy.getAttemptUnpackDockerCompatibility(),
        copy.getCreateDestPath(),
        copy.getAllowWildcard(),
        copy.getAllowEmptyWildcard(),
        time(copy.getTimestamp()),
        copy.getIncludePatternsList(),
        copy.getExcludePatternsList(),
        copy.getAlwaysReplaceExistingDestPaths(),
        copy.getModeStr(),
        copy.getRequiredPathsList());
  }

  private FileOp.Mkfile mkfile(FileActionMkFile mkfile) {
    return new FileOp.Mkfile(
        mkfile.getPath(),
        mkfile.getMode(),
        mkfile.getData().asReadOnlyByteBuffer(),
        owner(mkfile.hasOwner(), mkfile.getOwner()),
        time(mkfile.getTimestamp()));
  }

  private FileOp.Mkdir mkdir(FileActionMkDir mkdir) {
    return new FileOp.Mkdir(
        mkdir.getPath(),
        mkdir.getMode(),
        mkdir.getMakeParents(),
        owner(mkdir.hasOwner(), mkdir.getOwner()),
        time(mkdir.getTimestamp()));
  }

  private FileOp.Symlink symlink(FileActionSymlink symlink) {
    return new FileOp.Symlink(
        symlink.getOldpath(),
        symlink.getNewpath(),
        owner(symlink.hasOwner(), symlink.getOwner()),
        time(symlink.getTimestamp()));
  }

  private Optional<ChownOpt> owner(boolean present, OpsProto.ChownOpt owner) {
    if (!present) {
      return Optional.empty();
    }
    return Optional.of(new ChownOpt(
        owner.hasUser() ? user(owner.getUser()) : Optional.empty(),
        owner.hasGroup() ? user(owner.getGroup()) : Optional.empty()));
  }

  private Optional<UserOpt> user(OpsProto.UserOpt user) {
    return switch (user.getUserCase()) {
      case BYNAME -> Optional.of(byName(user.getByName()));
      case BYID -> Optional.of(new FileOp.ById(Integer.toUnsignedLong(user.getByID())));
      case USER_NOT_SET -> Optional.empty();
    };
  }

  private UserOpt byName(OpsProto.NamedUserOpt user) {
    long limit = (long) op.getInputsCount() + op.getFile().getActionsCount();
    return new FileOp.ByName(user.getName(), door.index(user.getInput(), limit, "byName.input"));
  }

  private static Optional<Instant> time(long nanos) {
    return nanos == UNSET ? Optional.empty() : Optional.of(Instant.ofEpochSecond(0, nanos));
  }
}
