/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The metadata of a state: known, or changes of that of a state which is yet to be computed. */
final class StateMeta {
  /** The metadata of a fresh state. */
  static final StateMeta INITIAL = new StateMeta(Meta.INITIAL, null, null);

  private final Meta known;
  private final @Nullable Deferred origin;
  private final @Nullable Pending last;

  /** A change that waits, and those before it. */
  private record Pending(
      Consumer<Meta.Draft> change, @Nullable Pending previous) {}

  private StateMeta(Meta known, @Nullable Deferred origin, @Nullable Pending last) {
    this.known = known;
    this.origin = origin;
    this.last = last;
  }

  /** Returns the metadata of the state that {@code origin} computes. */
  static StateMeta of(Deferred origin) {
    return new StateMeta(Meta.INITIAL, origin, null);
  }

  StateMeta change(Consumer<Meta.Draft> change) {
    return origin == null
        ? new StateMeta(known.change(change), null, null)
        : new StateMeta(known, origin, new Pending(change, last));
  }

  /** Returns the metadata with the platform of an output, if that has one of its own. */
  StateMeta platformOf(@Nullable Output output) {
    Platform own = output == null ? null : output.platform();
    return own == null ? this : change(MetaChange.platform(own));
  }

  /** Returns the metadata, computing states on the way. */
  Meta resolve(Function<Deferred, State> compute) {
    Deque<Consumer<Meta.Draft>> changes = new ArrayDeque<>();
    StateMeta meta = this;
    while (meta.origin != null) {
      for (Pending pending = meta.last; pending != null; pending = pending.previous) {
        changes.push(pending.change);
      }
      meta = compute.apply(meta.origin).meta();
    }
    return changes.isEmpty()
        ? meta.known
        : meta.known.change(draft -> changes.forEach(change -> change.accept(draft)));
  }
}
