/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A record of a daemon's cache: a file system, or its difference to its parents.
 *
 * @param id the daemon's name of the record
 * @param mutable whether it can still change, as cache mounts can
 * @param inUse whether something uses it right now, so that it cannot be pruned
 * @param sizeBytes what it takes on the daemon's disk, in bytes, without its parents
 * @param createdAt when it was made; the epoch if the daemon does not say
 * @param lastUsedAt when it was last used; empty if never since it was made
 * @param usageCount how often it was used
 * @param parents the ids of the records that it builds upon
 * @param description what made it, such as the name of a step; may be empty
 * @param recordType {@code regular}, {@code internal}, {@code frontend}, {@code source.local}, {@code source.git.checkout},
 *     {@code exec.cachemount}, or what a newer daemon may add; empty if the daemon does not say
 * @param shared whether its disk space belongs to others as well, such as images of an engine
 */
public record UsageInfo(
    String id,
    boolean mutable,
    boolean inUse,
    long sizeBytes,
    Instant createdAt,
    Optional<Instant> lastUsedAt,
    long usageCount,
    List<String> parents,
    String description,
    String recordType,
    boolean shared) {
  /** Copies the list. */
  public UsageInfo {
    parents = List.copyOf(parents);
  }
}
