/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.grpc;

import java.util.Optional;
import java.util.stream.Stream;

/** The chain of causes of a failure. */
final class Causes {
  /** Far beyond real chains; ends the walk in one that leads back to itself. */
  private static final int MAX_DEPTH = 64;

  private Causes() {}

  /** Returns the failure, its cause, the cause of that, and so on. */
  static Stream<Throwable> of(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(MAX_DEPTH);
  }

  /** Returns the first of the chain that is of a type. */
  static <T extends Throwable> Optional<T> first(Throwable failure, Class<T> type) {
    return of(failure).filter(type::isInstance).map(type::cast).findFirst();
  }

  /** Returns what the last of the chain says, or its name if it says nothing. */
  static String rootReason(Throwable failure) {
    Throwable root = of(failure).reduce(failure, (earlier, later) -> later);
    String message = root.getMessage();
    return message == null || message.isEmpty() ? root.getClass().getSimpleName() : message;
  }
}
