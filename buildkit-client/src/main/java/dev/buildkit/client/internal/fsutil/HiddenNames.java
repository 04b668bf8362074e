/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** Names for what is not finished yet: hidden, and known as ours if a crash leaves them behind. */
public final class HiddenNames {
  /** Returns a new name in a directory. */
  public static Path in(Path directory) {
    return directory.resolve(next());
  }

  /** Returns a new name in the directory of a file. */
  public static Path beside(Path file) {
    return file.resolveSibling(next());
  }

  private static String next() {
    return ".buildkit-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
  }

  private HiddenNames() {}
}
