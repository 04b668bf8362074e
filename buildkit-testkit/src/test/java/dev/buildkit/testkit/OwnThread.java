/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import java.util.concurrent.Executor;

/**
 * Runs each task in a thread of its own. The JDK's common pool has a single thread on a machine with two processors, so that one
 * task that waits would keep all others from running.
 */
final class OwnThread {
  static final Executor EACH = task -> {
    Thread thread = new Thread(task, "test-task");
    thread.setDaemon(true);
    thread.start();
  };

  private OwnThread() {}
}
