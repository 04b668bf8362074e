/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Slash-separated paths inside a container, cleaned by their letters alone: no file system is asked,
 * and the rules do not depend on the machine that builds the graph.
 */
final class UnixPath {
  private UnixPath() {}

  static boolean isAbsolute(String path) {
    return path.startsWith("/");
  }

  /** Returns the shortest path that means the same: no empty, {@code .} or inner {@code ..} parts. */
  static String clean(String path) {
    boolean absolute = isAbsolute(path);
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".")) {
        continue;
      }
      if (!part.equals("..")) {
        parts.addLast(part);
      } else if (!parts.isEmpty() && !parts.peekLast().equals("..")) {
        parts.removeLast();
      } else if (!absolute) {
        parts.addLast(part);
      }
    }
    String joined = String.join("/", parts);
    if (absolute) {
      return "/" + joined;
    }
    return joined.isEmpty() ? "." : joined;
  }

  /** Returns the parts that are not empty, joined and cleaned; empty if all are. */
  static String join(String... parts) {
    StringBuilder joined = new StringBuilder();
    for (String part : parts) {
      if (!part.isEmpty()) {
        joined.append(joined.length() == 0 ? "" : "/").append(part);
      }
    }
    return joined.length() == 0 ? "" : clean(joined.toString());
  }
}
