/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * When the process is told to end, lets the running command cancel its build and clean up, and end the process as a failed command
 * does: a JVM by itself ends with the number of the signal.
 */
final class Cancellation {
  private static final int LIMIT_SECONDS = 5;

  private final Thread command;
  private final CompletableFuture<Integer> code = new CompletableFuture<>();

  private Cancellation(Thread command) {
    this.command = command;
  }

  /** Watches over the command that the calling thread is about to run. */
  static Cancellation ofThisThread() {
    Cancellation cancellation = new Cancellation(Thread.currentThread());
    Runtime.getRuntime().addShutdownHook(new Thread(cancellation::run, "buildctl-cancellation"));
    return cancellation;
  }

  /** Takes note that the command is done, so that nothing is left to cancel. */
  void finished(int exitCode) {
    code.complete(exitCode);
  }

  private void run() {
    if (code.isDone()) {
      return;
    }
    command.interrupt();
    try {
      Runtime.getRuntime().halt(code.get(LIMIT_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      System.err.println("error: context canceled, but the build does not end: " + e.getMessage());
    }
  }
}
