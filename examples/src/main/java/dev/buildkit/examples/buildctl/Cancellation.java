/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** When the process is told to end, lets the running command cancel its build and clean up. */
final class Cancellation {
  private static final int LIMIT_SECONDS = 5;

  private final Thread command;
  private final CountDownLatch done = new CountDownLatch(1);

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
  void finished() {
    done.countDown();
  }

  private void run() {
    if (done.getCount() == 0) {
      return;
    }
    command.interrupt();
    try {
      var unused = done.await(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
