/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Which records leave the cache of a daemon; also a rule of the daemon's own garbage collection.
 *
 * <pre>{@code
 * PruneOptions.none().filter("type==exec.cachemount").keepDuration(Duration.ofDays(7))
 * }</pre>
 *
 * <p>Records in use always stay. Without options all others go that builds made; least recently used ones go first where a limit
 * lets some stay. Immutable: each method returns a copy.
 */
public final class PruneOptions {
  private static final PruneOptions NONE =
      new PruneOptions(false, List.of(), Duration.ZERO, 0, 0, 0);

  private final boolean all;
  private final List<String> filters;
  private final Duration keepDuration;
  private final long reservedSpace;
  private final long maxUsedSpace;
  private final long minFreeSpace;

  private PruneOptions(
      boolean all,
      List<String> filters,
      Duration keepDuration,
      long reservedSpace,
      long maxUsedSpace,
      long minFreeSpace) {
    this.all = all;
    this.filters = List.copyOf(filters);
    this.keepDuration = keepDuration;
    this.reservedSpace = reservedSpace;
    this.maxUsedSpace = maxUsedSpace;
    this.minFreeSpace = minFreeSpace;
  }

  /** Returns the options under which every record goes that is not in use, internal, a frontend's or shared. */
  public static PruneOptions none() {
    return NONE;
  }

  /** Returns a copy under which internal records, those of frontends and shared ones go too. */
  public PruneOptions all() {
    return new PruneOptions(true, filters, keepDuration, reservedSpace, maxUsedSpace, minFreeSpace);
  }

  /**
   * Returns a copy with one more filter; a record goes if any of them fits.
   *
   * @param filter in containerd's syntax, over {@code id}, {@code type}, {@code description}, {@code inuse}, {@code mutable},
   *     {@code immutable}, {@code shared}, {@code private} and {@code parents}, such as {@code type==source.local}
   * @throws IllegalArgumentException if the filter is blank
   */
  public PruneOptions filter(String filter) {
    if (filter.isBlank()) {
      throw new IllegalArgumentException("prune filter must not be blank");
    }
    List<String> longer = new ArrayList<>(filters);
    longer.add(filter);
    return new PruneOptions(all, longer, keepDuration, reservedSpace, maxUsedSpace, minFreeSpace);
  }

  /**
   * Returns a copy under which records stay that were used within this time. The default is zero: age does not count.
   *
   * @throws IllegalArgumentException if the duration is negative
   */
  public PruneOptions keepDuration(Duration duration) {
    if (requireNonNull(duration, "duration").isNegative()) {
      throw new IllegalArgumentException("keepDuration must not be negative, but was: " + duration);
    }
    return new PruneOptions(all, filters, duration, reservedSpace, maxUsedSpace, minFreeSpace);
  }

  /**
   * Returns a copy under which this much of the cache stays in any case. The default is 0.
   *
   * @throws IllegalArgumentException if the size is negative
   */
  public PruneOptions reservedSpace(long bytes) {
    requireSize(bytes, "reservedSpace");
    return new PruneOptions(all, filters, keepDuration, bytes, maxUsedSpace, minFreeSpace);
  }

  /**
   * Returns a copy under which records go only until the cache is not larger than this. The default is 0: no limit.
   *
   * @throws IllegalArgumentException if the size is negative
   */
  public PruneOptions maxUsedSpace(long bytes) {
    requireSize(bytes, "maxUsedSpace");
    return new PruneOptions(all, filters, keepDuration, reservedSpace, bytes, minFreeSpace);
  }

  /**
   * Returns a copy under which records go only until the daemon's disk has this much free. The default is 0: no limit. Daemons
   * before 0.17 ignore it.
   *
   * @throws IllegalArgumentException if the size is negative
   */
  public PruneOptions minFreeSpace(long bytes) {
    requireSize(bytes, "minFreeSpace");
    return new PruneOptions(all, filters, keepDuration, reservedSpace, maxUsedSpace, bytes);
  }

  /** Returns whether internal records, those of frontends and shared ones go too. */
  public boolean isAll() {
    return all;
  }

  /** Returns the filters, any of which is enough; all records fit if there are none. */
  public List<String> filters() {
    return filters;
  }

  /** Returns the time within which a used record stays, or zero. */
  public Duration keepDuration() {
    return keepDuration;
  }

  /** Returns what stays in any case, in bytes. */
  public long reservedSpace() {
    return reservedSpace;
  }

  /** Returns what the cache may use, in bytes; 0 if there is no limit. */
  public long maxUsedSpace() {
    return maxUsedSpace;
  }

  /** Returns what is to be free on the daemon's disk, in bytes; 0 if there is no limit. */
  public long minFreeSpace() {
    return minFreeSpace;
  }

  private static void requireSize(long bytes, String name) {
    if (bytes < 0) {
      throw new IllegalArgumentException(name + " must not be negative, but was: " + bytes);
    }
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof PruneOptions other
        && all == other.all
        && filters.equals(other.filters)
        && keepDuration.equals(other.keepDuration)
        && reservedSpace == other.reservedSpace
        && maxUsedSpace == other.maxUsedSpace
        && minFreeSpace == other.minFreeSpace;
  }

  @Override
  public int hashCode() {
    return Objects.hash(all, filters, keepDuration, reservedSpace, maxUsedSpace, minFreeSpace);
  }

  @Override
  public String toString() {
    return "PruneOptions[all=" + all + ", filters=" + filters + ", keepDuration=" + keepDuration
        + ", reservedSpace=" + reservedSpace + ", maxUsedSpace=" + maxUsedSpace + ", minFreeSpace="
        + minFreeSpace + "]";
  }
}
