/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.solve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a frontend answered to a {@link Subrequest}: values under names. Those of BuildKit's own frontends are {@code result.json},
 * {@code result.txt} for people, {@code result.statuscode} and {@code version}, not all of them in each answer. Immutable.
 */
public final class SubrequestResult {
  private final Map<String, byte[]> metadata = new TreeMap<>();

  private SubrequestResult(Map<String, byte[]> metadata) {
    metadata.forEach((name, value) -> this.metadata.put(name, value.clone()));
  }

  /** Returns a result with a copy of the values. */
  public static SubrequestResult of(Map<String, byte[]> metadata) {
    return new SubrequestResult(metadata);
  }

  /** Returns the names of all values, in alphabetical order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(metadata.keySet());
  }

  /** Returns a copy of a value, or empty if there is none of that name. */
  public Optional<byte[]> bytes(String name) {
    return Optional.ofNullable(metadata.get(requireNonNull(name, "name"))).map(byte[]::clone);
  }

  /** Returns a value as UTF-8, with a replacement for what is none, or empty if there is none of that name. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(metadata.get(requireNonNull(name, "name")))
        .map(value -> new String(value, UTF_8));
  }

  /** Returns the answer for people, in lines, or empty if there is none. */
  public Optional<String> text() {
    return text("result.txt");
  }

  /** Returns the answer for programs, as JSON that each subrequest defines, or empty if there is none. */
  public Optional<String> json() {
    return text("result.json");
  }

  /** Returns the names of the values, and no value. */
  @Override
  public String toString() {
    return "SubrequestResult" + names();
  }
}
