/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Directories to build from; the same calls make the same trees. */
final class TestTrees {
  private static final int CHUNK_BYTES = 1 << 16;

  /** Writes a file that neither compresses nor repeats. */
  static Path randomFile(Path file, long sizeBytes) throws IOException {
    Random random = new Random(sizeBytes);
    byte[] chunk = new byte[CHUNK_BYTES];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long left = sizeBytes; left > 0; left -= chunk.length) {
        random.nextBytes(chunk);
        out.write(chunk, 0, (int) Math.min(left, chunk.length));
      }
    }
    return file;
  }

  /** Makes directories {@code 0}, {@code 1}, … with small text files {@code 0}, {@code 1}, …. */
  static Path smallFiles(Path root, int directories, int filesInEach) throws IOException {
    for (int i = 0; i < directories; i++) {
      Path directory = Files.createDirectories(root.resolve(Integer.toString(i)));
      for (int j = 0; j < filesInEach; j++) {
        Files.writeString(directory.resolve(Integer.toString(j)), "file " + j + " of " + i + "\n");
      }
    }
    return root;
  }

  /**
   * Makes empty files whose names go wrong where names are taken for text: UTF-16 sorts the first two
   * the other way round than bytes do, and the third is no UTF-8.
   */
  static Path oddNames(Path root) {
    // By a shell, because the names that Java can write depend on the locale.
    return shell(root, """
        for name in '\\357\\274\\241.txt' '\\360\\237\\230\\200.txt' 'latin-\\344' \
            ' blank ' 'back\\\\slash' 'new\\nline' '*?[a]' '-rf' '#hash' '!bang' 'quo"te'; do
          : >"$(printf "./$name")"
        done
        """);
  }

  /** Makes one of each kind of file that is neither a plain file nor a directory. */
  static Path specialFiles(Path root) throws IOException {
    shell(root, "mkfifo fifo && ln -s ../elsewhere dangling && ln -s . loop");
    socket(root.resolve("socket"));
    Files.createLink(root.resolve("linked-again"), randomFile(root.resolve("linked"), 1000));
    return root;
  }

  private static void socket(Path file) throws IOException {
    // Relative to the working directory, because a socket's path may have a hundred bytes at most.
    Path near = Path.of("").toAbsolutePath().relativize(file.toAbsolutePath());
    try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.bind(UnixDomainSocketAddress.of(near));
    }
  }

  private static Path shell(Path directory, String script) {
    Command.run("sh", "-euc", "cd \"$1\"\n" + script, "sh", directory.toString())
        .orFail();
    return directory;
  }

  private TestTrees() {}
}
