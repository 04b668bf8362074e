/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says what is wrong with a file in words; the JDK's exceptions often say no more than its name. */
public final class DiskProblem {
  /** Returns a failure to export to a place, with the reason of its cause. */
  public static IOException exporting(String destination, Exception cause) {
    return new IOException("export to " + destination + ": " + file(cause) + reason(cause), cause);
  }

  private static String file(Exception problem) {
    return problem instanceof FileSystemException failure && failure.getFile() != null
        ? failure.getFile() + ": "
        : "";
  }

  /** Returns what is wrong, without the name of the file. */
  static String reason(Exception problem) {
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
    return problem instanceof IOException && problem.getMessage() != null
        ? problem.getMessage()
        : problem.toString();
  }

  private DiskProblem() {}
}
