/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import java.util.LinkedHashMap;
import java.util.Map;

/** The threads of the SDK that run in this process. */
final class LiveThreads {
  private static final String PREFIX = "buildkit-";
  private static final int FRAMES = 8;

  /** Returns a description of each live thread whose name says that the SDK made it. */
  static Map<Object, String> now() {
    Map<Object, String> threads = new LinkedHashMap<>();
    Thread.getAllStackTraces().forEach((thread, stack) -> {
      if (thread.getName().startsWith(PREFIX)) {
        threads.put(thread, describe(thread, stack));
      }
    });
    return threads;
  }

  private static String describe(Thread thread, StackTraceElement[] stack) {
    StringBuilder text = new StringBuilder("thread ").append(thread.getName());
    for (int i = 0; i < Math.min(stack.length, FRAMES); i++) {
      text.append("\n      at ").append(stack[i]);
    }
    return text.toString();
  }

  private LiveThreads() {}
}
