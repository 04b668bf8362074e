/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Files of random bytes, the same in each run. */
final class RandomFiles {
  private static final int SEED = 20_000;
  private static final int DIRECTORIES = 200;
  private static final int MAX_SMALL_BYTES = 7_300;
  private static final int CHUNK_BYTES = 1 << 20;

  /** One file of so many MiB. */
  static Upload.Data large(int mebibytes) {
    return directory -> {
      Files.createDirectories(directory);
      Random random = new Random(SEED);
      byte[] chunk = new byte[CHUNK_BYTES];
      try (var out = Files.newOutputStream(directory.resolve("data"))) {
        for (int i = 0; i < mebibytes; i++) {
          random.nextBytes(chunk);
          out.write(chunk);
        }
      }
    };
  }

  /** So many files of 0 to 7,300 bytes in 200 directories. */
  static Upload.Data small(int count) {
    return directory -> {
      Random random = new Random(SEED);
      for (int i = 0; i < count; i++) {
        Path parent = directory.resolve("dir-" + i % DIRECTORIES);
        Files.createDirectories(parent);
        byte[] content = new byte[random.nextInt(MAX_SMALL_BYTES)];
        random.nextBytes(content);
        Files.write(parent.resolve("file-" + i / DIRECTORIES), content);
      }
    };
  }

  private RandomFiles() {}
}
