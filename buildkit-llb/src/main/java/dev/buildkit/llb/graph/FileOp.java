/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Changes files without running anything. */
public record FileOp(List<Action> actions) implements Op {
  /** Copies the list. */
  public FileOp {
    actions = List.copyOf(actions);
  }

  /**
   * One change, and what it starts from.
   *
   * @param input what is changed: the index of an input, the number of inputs plus the index of an
   *     earlier action, or -1
   * @param secondaryInput what a copy takes files from, counted likewise
   * @param output the output that this makes, or -1
   */
  public record Action(int input, int secondaryInput, int output, Change change) {}

  /** What an action does. */
  public sealed interface Change permits Copy, Mkfile, Mkdir, Rm, Symlink, UnknownChange {}

  /**
   * Copies files.
   *
   * @param dest with a slash at the end a directory to copy into
   * @param mode the permissions, if they are not kept
   * @param timestamp the times, if they are not kept
   * @param modeStr permissions in the words of chmod, in place of the mode; empty if not used
   * @param requiredPaths paths that must be among those that are included
   */
  public record Copy(
      String src,
      String dest,
      Optional<ChownOpt> owner,
      OptionalInt mode,
      boolean followSymlink,
      boolean dirCopyContents,
      boolean attemptUnpackDockerCompatibility,
      boolean createDestPath,
      boolean allowWildcard,
      boolean allowEmptyWildcard,
      Optional<Instant> timestamp,
      List<String> includePatterns,
      List<String> excludePatterns,
      boolean alwaysReplaceExistingDestPaths,
      String modeStr,
      List<String> requiredPaths)
      implements Change {
    /** Copies the lists. */
    public Copy {
      includePatterns = List.copyOf(includePatterns);
      excludePatterns = List.copyOf(excludePatterns);
      requiredPaths = List.copyOf(requiredPaths);
    }
  }

  /**
   * Writes a file.
   *
   * @param timestamp its time, if it is not that of the build
   */
  public record Mkfile(
      String path, int mode, ByteBuffer data, Optional<ChownOpt> owner, Optional<Instant> timestamp)
      implements Change {
    /** Copies the content. */
    public Mkfile {
      data = Copies.bytes(data);
    }

    /** Returns the content; reading from it does not change the action. */
    @Override
    public ByteBuffer data() {
      return data.asReadOnlyBuffer();
    }
  }

  /**
   * Makes a directory.
   *
   * @param timestamp its time, if it is not that of the build
   */
  public record Mkdir(
      String path,
      int mode,
      boolean makeParents,
      Optional<ChownOpt> owner,
      Optional<Instant> timestamp)
      implements Change {}

  /** Removes a file, or a directory with all that is in it. */
  public record Rm(String path, boolean allowNotFound, boolean allowWildcard) implements Change {}

  /**
   * Makes a symbolic link.
   *
   * @param oldpath what the link leads to
   * @param newpath where the link is
   * @param timestamp its time, if it is not that of the build
   */
  public record Symlink(
      String oldpath, String newpath, Optional<ChownOpt> owner, Optional<Instant> timestamp)
      implements Change {}

  /**
   * A change of a BuildKit that is newer than this library.
   *
   * @param content its fields as they are encoded in the protocol
   */
  public record UnknownChange(ByteBuffer content) implements Change {
    /** Copies the content. */
    public UnknownChange {
      content = Copies.bytes(content);
    }

    /** Returns the content; reading from it does not change the action. */
    @Override
    public ByteBuffer content() {
      return content.asReadOnlyBuffer();
    }
  }

  /** An owner; what is absent stays as it would be. */
  public record ChownOpt(Optional<UserOpt> user, Optional<UserOpt> group) {}

  /** A user or a group. */
  public sealed interface UserOpt permits ById, ByName {}

  /** A user or a group by number. */
  public record ById(long id) implements UserOpt {}

  /**
   * A user or a group by name.
   *
   * @param input the input whose files know the name, counted as in {@link Action}
   */
  public record ByName(String name, int input) implements UserOpt {}
}
