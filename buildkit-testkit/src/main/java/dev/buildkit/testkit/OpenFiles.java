/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The files, sockets, pipes and selectors that this process has open. */
final class OpenFiles {
  private static final Path DIRECTORY = Path.of("/proc/self/fd");

  /** What the Java runtime opens on its own account and keeps. */
  private static final Pattern OF_THE_RUNTIME =
      Pattern.compile("/proc/.*|/dev/u?random|.*\\.(jar|jmod|so)|"
          + Pattern.quote(System.getProperty("java.home")) + "/.*");

  static {
    openOnceWhatStays();
  }

  /** Returns a description of each open file; of none where the system does not list them. */
  static Map<Object, String> now() {
    Map<Object, String> files = new LinkedHashMap<>();
    if (!Files.isDirectory(DIRECTORY)) {
      return files;
    }
    try (DirectoryStream<Path> numbers = Files.newDirectoryStream(DIRECTORY)) {
      for (Path number : numbers) {
        String target = target(number);
        if (!OF_THE_RUNTIME.matcher(target).matches()) {
          String file = "open file " + number.getFileName() + ": " + target;
          files.put(file, file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("list the open files of this process", e);
    }
    return files;
  }

  /** Returns what a number stands for, or for one that is closed meanwhile the runtime's own list. */
  private static String target(Path number) throws IOException {
    try {
      return Files.readSymbolicLink(number).toString();
    } catch (NoSuchFileException e) {
      return number.toString();
    }
  }

  /** The runtime keeps one socket open from the first channel on; that must not look like a leak. */
  private static void openOnceWhatStays() {
    try {
      SocketChannel.open().close();
    } catch (IOException e) {
      throw new UncheckedIOException("open a first socket", e);
    }
  }

  private OpenFiles() {}
}
