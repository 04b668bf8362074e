/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the files of a state come from; see {@link State#from(Source)}.
 *
 * <p>Each kind of source has a type of its own; {@link #of} is for those that BuildKit learns later.
 */
public sealed class Source
    permits BlobSource, GitSource, HttpSource, ImageSource, LocalSource, OciLayoutSource {
  final Attrs attrs;
  final Constraints constraints;
  private final String identifier;
  private final @Nullable String cap;

  /**
   * Creates a source.
   *
   * @param cap is what every source of this kind demands of the daemon; null for nothing
   */
  Source(String identifier, @Nullable String cap, Attrs attrs, Constraints constraints) {
    this.identifier = identifier;
    this.cap = cap;
    this.attrs = attrs;
    this.constraints = constraints;
  }

  /**
   * Returns the source with this identifier, which is used as it is.
   *
   * @param identifier such as {@code docker-image://docker.io/library/alpine:3.22}
   * @throws IllegalArgumentException if it is empty
   */
  public static Source of(String identifier) {
    Check.notEmpty(identifier, "source: identifier", "give one, such as local://context");
    return new Source(identifier, null, Attrs.NONE, Constraints.none());
  }

  /**
   * Sets an attribute of the operation that has no method here.
   *
   * @throws IllegalArgumentException if the key is empty
   */
  public Source attr(String key, String value) {
    return new Source(identifier, cap, attrs.with(key, value), constraints);
  }

  /** Sets platform, name and cache flags of the operation, instead of what was set before. */
  public Source constraints(Constraints constraints) {
    return new Source(identifier, cap, attrs, requireNonNull(constraints, "constraints"));
  }

  /** Returns the identifier, such as {@code docker-image://docker.io/library/alpine:3.22}. */
  public String identifier() {
    return identifier;
  }

  /** Returns the attributes by their wire names, such as {@code image.resolvemode}. */
  public Map<String, String> attrs() {
    return Collections.unmodifiableMap(attrs.values());
  }

  /** Returns the platform that its {@linkplain #constraints constraints} set. */
  public Optional<Platform> platform() {
    return constraints.platform();
  }

  /** Returns the state that the source yields. */
  State state() {
    SourceVertex vertex = new SourceVertex(identifier, attrs, cap, constraints);
    return State.of(Output.of(vertex, constraints));
  }

  /** Returns the identifier of the source. */
  @Override
  public String toString() {
    return identifier;
  }
}
