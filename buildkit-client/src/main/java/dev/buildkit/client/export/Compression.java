/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.export;

import static java.util.Objects.requireNonNull;

/** An algorithm that compresses layers; the set is open, because daemons differ. */
public final class Compression {
  /** What BuildKit takes if nothing is said. */
  public static final Compression GZIP = of("gzip");

  /** Smaller and faster than gzip; needs OCI media types and a recent runtime. */
  public static final Compression ZSTD = of("zstd");

  /** Gzip that can be pulled lazily; needs OCI media types. */
  public static final Compression ESTARGZ = of("estargz");

  /** Plain tar layers. */
  public static final Compression UNCOMPRESSED = of("uncompressed");

  private final String name;

  private Compression(String name) {
    this.name = name;
  }

  /**
   * Returns the algorithm that the daemon knows by a name.
   *
   * @throws IllegalArgumentException if the name is blank
   */
  public static Compression of(String name) {
    if (requireNonNull(name, "name").isBlank()) {
      throw new IllegalArgumentException("compression: the name is blank; give one such as zstd");
    }
    return new Compression(name);
  }

  /** Returns the name on the wire. */
  public String name() {
    return name;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Compression that && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
