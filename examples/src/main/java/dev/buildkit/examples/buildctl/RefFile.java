/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/** The id of a build, and the file to write it to, which also happens when the build fails. */
record RefFile(String ref, Optional<Path> file) {
  /** As many as BuildKit's own ids have: 25 digits of base 36. */
  private static final int BITS = 129;

  static RefFile of(String file, Invocation invocation) {
    String ref =
        new BigInteger(BITS, new SecureRandom()).setBit(BITS - 1).toString(Character.MAX_RADIX);
    return new RefFile(
        ref,
        file.isEmpty()
            ? Optional.empty()
            : Optional.of(invocation.surroundings().path(file)));
  }

  void write() throws IOException {
    if (file.isPresent()) {
      AtomicFile.write(file.get(), ref.getBytes(UTF_8));
    }
  }
}
