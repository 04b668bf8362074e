/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import org.jspecify.annotations.Nullable;

/**
 * One of the file systems that an operation yields; the empty file system is no output at all.
 *
 * @param index counts the outputs of {@code vertex} from 0
 * @param platform is that which was demanded of this very operation, and passes to later ones
 */
record Output(Vertex vertex, int index, @Nullable Platform platform) {
  static Output of(Vertex vertex, Constraints constraints) {
    return new Output(vertex, 0, constraints.platform().orElse(null));
  }

  static Output of(Vertex vertex) {
    return new Output(vertex, 0, null);
  }
}
