/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

/** Something that a daemon does until it is done or cancelled; it is run once. */
interface Job<T> {
  /** Returns what came of it, when all is cleaned up. An interrupt cancels it. */
  T run() throws InterruptedException;

  /** Ends it soon, on the daemon too; {@link #run} then fails. May be called at any time, from any thread. */
  void cancel();

  /** Returns what is done, such as {@code solve}. */
  @Override
  String toString();
}
