/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import dev.buildkit.client.file.FilePath;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** A file or directory of a tree cannot be read; the message names it and says why. */
final class TreeReadException extends IOException {
  private static final long serialVersionUID = 1;

  private TreeReadException(String message, IOException cause) {
    super(message, cause);
  }

  static TreeReadException of(FilePath path, IOException cause) {
    String message = "cannot read " + (path.isRoot() ? "." : path) + ": " + reason(cause);
    return new TreeReadException(message, cause);
  }

  /** The exceptions of the JDK name the file and leave the reason to their type. */
  private static String reason(IOException cause) {
    if (cause instanceof FileSystemException failure) {
      return problem(failure) + ": " + failure.getFile();
    }
    return cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
  }

  private static String problem(FileSystemException failure) {
    if (failure instanceof AccessDeniedException) {
      return "access denied";
    }
    if (failure instanceof NoSuchFileException) {
      return "no such file";
    }
    @Nullable String reason = failure.getReason();
    return reason == null ? failure.getClass().getSimpleName() : reason;
  }
}
