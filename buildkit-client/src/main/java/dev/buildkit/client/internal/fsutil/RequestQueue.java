/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * The ids of the files that a receiver has asked for, and the lanes that wait for some. Thread-safe.
 *
 * <p>It has no limit but the number of files, as each may be asked for once; reading requests must not wait for anything.
 */
final class RequestQueue {
  static final int NONE = -1;

  private final Object lock = new Object();
  private final Executor executor;
  private final Queue<Runnable> idle = new ArrayDeque<>();
  private int[] ids = new int[64];
  private int first;
  private int size;

  RequestQueue(Executor executor) {
    this.executor = executor;
  }

  /** Adds an id, and runs a lane for it if one is idle. */
  void add(int id) {
    Runnable lane;
    synchronized (lock) {
      if (size == ids.length) {
        grow();
      }
      ids[(first + size) % ids.length] = id;
      size++;
      lane = idle.poll();
    }
    if (lane != null) {
      executor.execute(lane);
    }
  }

  private void grow() {
    int[] larger = Arrays.copyOfRange(ids, first, first + 2 * ids.length);
    System.arraycopy(ids, 0, larger, ids.length - first, first);
    ids = larger;
    first = 0;
  }

  /** Returns the first id, or {@code NONE}, after which the lane is idle until there is one. */
  int takeOrIdle(Runnable lane) {
    synchronized (lock) {
      if (size == 0) {
        idle.add(lane);
        return NONE;
      }
      int id = ids[first];
      first = (first + 1) % ids.length;
      size--;
      return id;
    }
  }
}
