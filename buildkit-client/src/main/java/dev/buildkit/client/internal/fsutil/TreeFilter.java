/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import java.util.List;

/**
 * What a daemon wants of a tree.
 *
 * @param includePatterns what to send; everything if there are none
 * @param excludePatterns what to leave out
 * @param followPaths paths to send with what the symbolic links on their way lead to
 */
public record TreeFilter(
    List<String> includePatterns, List<String> excludePatterns, List<String> followPaths) {
  /** The filter that lets everything through. */
  public static final TreeFilter ALL = new TreeFilter(List.of(), List.of(), List.of());

  /** Copies the lists. */
  public TreeFilter {
    includePatterns = List.copyOf(includePatterns);
    excludePatterns = List.copyOf(excludePatterns);
    followPaths = List.copyOf(followPaths);
  }
}
