/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Says what is wrong with a file in words; the JDK's exceptions often say no more than its name. */
public final class DiskProblem {
  /** Returns a failure to export to a place, with the reason of its cause. */
  public static IOException exporting(Path destination, IOException cause) {
    return new IOException("export to " + destination + ": " + file(cause) + reason(cause), cause);
  }

  private static String file(IOException problem) {
    return problem instanceof FileSystemException failure && failure.getFile() != null
        ? failure.getFile() + ": "
        : "";
  }

  /** Returns what is wrong, without the name of the file. */
  static String reason(IOException problem) {
    if (problem instanceof FileSystemException failure && failure.getReason() != null) {
      return failure.getReason();
    }
    if (problem instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (problem instanceof FileAlreadyExistsException) {
      return "something else is there";
    }
    if (problem instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    return problem.getMessage() == null ? problem.toString() : problem.getMessage();
  }

  private DiskProblem() {}
}
