/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * A value in a JUnit store, which closes it. Before JUnit 5.13 a store closes only what implements its own interface,
 * since then it prefers {@link AutoCloseable}.
 */
@SuppressWarnings("deprecation") // What JUnit 5.10 has instead of it is deprecated in JUnit 6.
record Held(Object value, Runnable closing) implements Store.CloseableResource, AutoCloseable {

  /** Returns what a store has under a key, which is made if there is nothing. */
  static Held computeIfAbsent(Store store, Object key, Supplier<Held> make) {
    return requireNonNull(store.getOrComputeIfAbsent(key, missing -> make.get(), Held.class));
  }

  @Override
  public void close() {
    closing.run();
  }
}
