/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import org.jspecify.annotations.Nullable;

/** What a state is made of. The empty file system is no output at all. */
sealed interface Output permits Deferred, Output.OfVertex {
  /** Returns the platform that was demanded of this very operation, which passes to later ones. */
  @Nullable
  Platform platform();

  /** Returns the first output of {@code vertex}. */
  static Output of(Vertex vertex) {
    return new OfVertex(vertex, 0, null);
  }

  /** Returns the first output of {@code vertex}, which has these constraints. */
  static Output of(Vertex vertex, Constraints constraints) {
    return new OfVertex(vertex, 0, constraints.platform().orElse(null));
  }

  /**
   * One of the file systems that an operation yields.
   *
   * @param index counts the outputs of {@code vertex} from 0
   */
  record OfVertex(Vertex vertex, int index, @Nullable Platform platform) implements Output {
    @Override
    public String toString() {
      return vertex.toString();
    }
  }
}
