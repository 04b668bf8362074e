/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static java.util.Objects.requireNonNull;

/**
 * Several vertexes that are shown to people as one.
 *
 * @param id the identity of the group within a solve
 * @param name what the members do together, for people
 * @param weak whether this member alone is no reason to show the group: a group appears once a
 *     member that is not weak has started
 */
public record ProgressGroup(String id, String name, boolean weak) {

  /** Checks that nothing is missing. */
  public ProgressGroup {
    requireNonNull(id, "id");
    requireNonNull(name, "name");
  }
}
