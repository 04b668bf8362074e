/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.auth;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A wait between two attempts. */
@FunctionalInterface
interface Pause {
  /** Waits, and returns whether another attempt still makes sense. */
  boolean await(Duration time);

  /** Returns waits that are cut short when the task completes, or its thread is interrupted. */
  static Pause within(CompletableFuture<?> task) {
    return time -> {
      try {
        var unused = task.get(TimeUnit.NANOSECONDS.convert(time), TimeUnit.NANOSECONDS);
        return false;
      } catch (TimeoutException e) {
        return !task.isDone();
      } catch (ExecutionException e) {
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    };
  }
}
