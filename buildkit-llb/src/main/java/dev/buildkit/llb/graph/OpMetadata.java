/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import dev.buildkit.llb.LinuxResources;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is said about an operation without being part of it: none of it changes the digest.
 *
 * @param ignoreCache whether it runs although the cache has its result
 * @param description such as {@code llb.customname}, in the order of the keys
 * @param exportCache whether its result goes into exported caches, if that is not left to the daemon
 * @param linuxResources limits of a command; none if they are not given
 * @param caps ids of the features that it uses
 */
public record OpMetadata(
    boolean ignoreCache,
    Map<String, String> description,
    Optional<Boolean> exportCache,
    Optional<ProgressGroup> progressGroup,
    LinuxResources linuxResources,
    Set<String> caps) {
  private static final String CUSTOM_NAME = "llb.customname";

  /** Copies the collections. */
  public OpMetadata {
    description = Copies.sorted(description);
    caps = Collections.unmodifiableSet(new TreeSet<>(caps));
  }

  /** Returns the name that progress shows instead of what the operation does, if there is one. */
  public Optional<String> customName() {
    return Optional.ofNullable(description.get(CUSTOM_NAME));
  }

  /**
   * Operations that progress shows as one.
   *
   * @param weak whether this operation alone does not show the group
   */
  public record ProgressGroup(String id, String name, boolean weak) {}
}
