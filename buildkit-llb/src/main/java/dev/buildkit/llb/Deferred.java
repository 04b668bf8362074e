/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A state that is computed when the platform of the graph is known. */
final class Deferred implements Output {
  private final State base;
  private final BiFunction<State, Platform, State> function;

  Deferred(State base, BiFunction<State, Platform, State> function) {
    this.base = base;
    this.function = requireNonNull(function, "function");
  }

  State compute(Platform platform) {
    return requireNonNull(function.apply(base, platform), "async: the function returned null");
  }

  @Override
  public @Nullable Platform platform() {
    return null;
  }

  @Override
  public String toString() {
    return "computed when marshaled";
  }
}
