/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import dev.buildkit.api.OpsProto;
import java.util.OptionalLong;

/**
 * Limits of memory and processor time for the processes of a command.
 *
 * <p>They are set with {@link Constraints#linuxResources}, and are no part of the cache key: the same
 * command with other limits is the same operation. What is not set is not limited.
 */
public final class LinuxResources {
  private final OpsProto.LinuxResources message;

  private LinuxResources(OpsProto.LinuxResources message) {
    this.message = message;
  }

  /** Returns no limits. */
  public static LinuxResources none() {
    return new LinuxResources(OpsProto.LinuxResources.getDefaultInstance());
  }

  /**
   * Sets the limit of memory in bytes.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public LinuxResources memoryBytes(long bytes) {
    return new LinuxResources(
        message.toBuilder().setMemory(positive(bytes, "memoryBytes")).build());
  }

  /**
   * Sets the limit of memory and swap together in bytes; -1 is no limit.
   *
   * @throws IllegalArgumentException if it is neither positive nor -1
   */
  public LinuxResources memorySwapBytes(long bytes) {
    return new LinuxResources(message.toBuilder()
        .setMemorySwap(positiveOrUnlimited(bytes, "memorySwapBytes"))
        .build());
  }

  /**
   * Sets the weight of these processes against others; BuildKit's default is 1024.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public LinuxResources cpuShares(long shares) {
    return new LinuxResources(
        message.toBuilder().setCpuShares(positive(shares, "cpuShares")).build());
  }

  /**
   * Sets the length in microseconds of the periods in which {@link #cpuQuotaMicros} is counted.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public LinuxResources cpuPeriodMicros(long micros) {
    return new LinuxResources(
        message.toBuilder().setCpuPeriod(positive(micros, "cpuPeriodMicros")).build());
  }

  /**
   * Sets the processor time in microseconds that may be used in each period; -1 is no limit.
   *
   * @throws IllegalArgumentException if it is neither positive nor -1
   */
  public LinuxResources cpuQuotaMicros(long micros) {
    return new LinuxResources(message.toBuilder()
        .setCpuQuota(positiveOrUnlimited(micros, "cpuQuotaMicros"))
        .build());
  }

  /** Sets the processors that may be used, such as {@code 0-3,8}. */
  public LinuxResources cpusetCpus(String cpus) {
    return new LinuxResources(
        message.toBuilder().setCpusetCpus(requireNonNull(cpus, "cpus")).build());
  }

  /** Sets the memory nodes that may be used, such as {@code 0,1}. */
  public LinuxResources cpusetMems(String mems) {
    return new LinuxResources(
        message.toBuilder().setCpusetMems(requireNonNull(mems, "mems")).build());
  }

  /** Returns the limit of memory in bytes, if there is one. */
  public OptionalLong memoryBytes() {
    return limit(message.getMemory());
  }

  /** Returns the limit of memory and swap together in bytes, if it is set; -1 is no limit. */
  public OptionalLong memorySwapBytes() {
    return limit(message.getMemorySwap());
  }

  /** Returns the weight of these processes against others, if it is set. */
  public OptionalLong cpuShares() {
    return limit(message.getCpuShares());
  }

  /** Returns the length of the periods of {@link #cpuQuotaMicros()} in microseconds, if it is set. */
  public OptionalLong cpuPeriodMicros() {
    return limit(message.getCpuPeriod());
  }

  /** Returns the processor time of each period in microseconds, if it is set; -1 is no limit. */
  public OptionalLong cpuQuotaMicros() {
    return limit(message.getCpuQuota());
  }

  /** Returns the processors that may be used; empty if all may. */
  public String cpusetCpus() {
    return message.getCpusetCpus();
  }

  /** Returns the memory nodes that may be used; empty if all may. */
  public String cpusetMems() {
    return message.getCpusetMems();
  }

  private static OptionalLong limit(long value) {
    return value == 0 ? OptionalLong.empty() : OptionalLong.of(value);
  }

  OpsProto.LinuxResources toProto() {
    return message;
  }

  private static long positive(long value, String name) {
    if (value <= 0) {
      throw new IllegalArgumentException(
          name + " must be positive, but was: " + value + "; leave it out for no limit");
    }
    return value;
  }

  private static long positiveOrUnlimited(long value, String name) {
    if (value <= 0 && value != -1) {
      throw new IllegalArgumentException(
          name + " must be positive or -1, but was: " + value + "; use -1 for no limit");
    }
    return value;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof LinuxResources other && message.equals(other.message);
  }

  @Override
  public int hashCode() {
    return message.hashCode();
  }

  @Override
  public String toString() {
    return "LinuxResources[" + message.toString().strip().replace("\n", ", ") + "]";
  }
}
