/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import dev.buildkit.api.OpsProto;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One change of files, for {@link State#file(FileAction...)}.
 *
 * <p>Relative paths are taken from the working directory of the state that is changed. The factories
 * return the kind of action, whose methods return changed copies:
 *
 * <pre>{@code
 * State.scratch().file(
 *     FileAction.mkdir("/etc", 0755),
 *     FileAction.mkfile("/etc/passwd", 0644, "app:x:1000:1000::/:\n"),
 *     FileAction.copy(build, "/app", "/bin/app").createDestPath().chown("1000:1000"));
 * }</pre>
 */
public abstract sealed class FileAction
    permits CopyAction, MkdirAction, MkfileAction, RmAction, SymlinkAction {
  FileAction() {}

  /**
   * Makes a directory.
   *
   * @param mode in octal, such as 0755; only the permission bits (0777) are used
   * @throws IllegalArgumentException if the path is empty or the mode not between 0 and 07777
   */
  public static MkdirAction mkdir(String path, int mode) {
    return MkdirAction.of(path, mode);
  }

  /**
   * Makes a file with this content, or replaces it.
   *
   * @param mode in octal, such as 0644; only the permission bits (0777) are used
   * @throws IllegalArgumentException if the path is empty or the mode not between 0 and 07777
   */
  public static MkfileAction mkfile(String path, int mode, byte[] content) {
    return MkfileAction.of(path, mode, content);
  }

  /**
   * Makes a file with this content in UTF-8, or replaces it.
   *
   * @param mode in octal, such as 0644; only the permission bits (0777) are used
   * @throws IllegalArgumentException if the path is empty or the mode not between 0 and 07777
   */
  public static MkfileAction mkfile(String path, int mode, String content) {
    return mkfile(path, mode, content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Makes a symbolic link. Both paths are used as they are given, also relative ones.
   *
   * @param target is what the link leads to; it need not exist
   * @param link is the path of the link itself
   * @throws IllegalArgumentException if one is empty
   */
  public static SymlinkAction symlink(String target, String link) {
    return SymlinkAction.of(target, link);
  }

  /**
   * Removes a file, a link, or a directory and all in it.
   *
   * @throws IllegalArgumentException if the path is empty
   */
  public static RmAction rm(String path) {
    return RmAction.of(path);
  }

  /**
   * Copies files.
   *
   * @param source is a path in {@code from}; a relative one is taken from its working directory
   * @param destination is a path in the state that is changed; what is copied goes into it if it ends
   *     with a slash or is a directory
   * @throws IllegalArgumentException if a path is empty
   */
  public static CopyAction copy(State from, String source, String destination) {
    return CopyAction.of(from, source, destination);
  }

  /**
   * Copies files from what other actions make, inside the same operation.
   *
   * @param source is a path in the result of {@code from}; a relative one is taken from the working
   *     directory of the state that {@code from} changes
   * @param destination as in {@link #copy(State, String, String)}
   * @throws IllegalArgumentException if a path is empty
   */
  public static CopyAction copy(FileChain from, String source, String destination) {
    return CopyAction.of(from, source, destination);
  }

  /**
   * Applies actions to a state, in the given order, to {@linkplain #copy(FileChain, String, String)
   * copy} from the result.
   *
   * @throws IllegalArgumentException if there are no actions
   */
  public static FileChain chain(State base, FileAction... actions) {
    return new FileChain(base, List.of(actions));
  }

  /**
   * Writes the action to its message.
   *
   * @param base is the state whose working directory relative paths are taken from
   * @param baseInput is the input in which names of users are looked up
   */
  abstract void write(
      OpsProto.FileAction.Builder to, MarshalContext context, State base, int baseInput);

  static String checkPath(String path, String what) {
    return Check.notEmpty(path, what, "use . for the working directory");
  }

  /** Returns {@code path} cleaned, and taken from the working directory if it is relative. */
  static String resolve(MarshalContext context, State state, String path) {
    String clean = UnixPath.clean(path);
    return UnixPath.isAbsolute(clean) ? clean : UnixPath.join("/", context.meta(state).dir, clean);
  }
}
