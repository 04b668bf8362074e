/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.error;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * One piece of data that a daemon attached to an error, as it came.
 *
 * <p>What this SDK understands is found in {@link SolveException}; the rest, and what later daemons
 * add, can be read here. BuildKit's own details are JSON texts, with types such as {@code
 * github.com/moby/buildkit/errdefs.Vertex+json}.
 */
public final class ErrorDetail {
  private final String type;
  private final byte[] value;

  private ErrorDetail(String type, byte[] value) {
    this.type = type;
    this.value = value;
  }

  /**
   * Returns a detail.
   *
   * @param type the type URL
   * @param value the bytes, which are copied
   */
  public static ErrorDetail of(String type, byte[] value) {
    return new ErrorDetail(requireNonNull(type, "type"), value.clone());
  }

  /** Returns the type URL, which says how the value is to be read. */
  public String type() {
    return type;
  }

  /** Returns a copy of the value. */
  public byte[] value() {
    return value.clone();
  }

  /** Returns the value as UTF-8 text, which is JSON if the type ends in {@code +json}. */
  public String text() {
    return new String(value, UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ErrorDetail that
        && type.equals(that.type)
        && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return 31 * type.hashCode() + Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return type + " (" + value.length + " bytes)";
  }
}
