/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import java.util.ArrayDeque;
import java.util.Deque;

/** Go's rules for slash-separated paths, on {@linkplain ByteStrings strings of bytes}. */
final class GoPath {
  private GoPath() {}

  /** Returns the shortest equal path: without empty and {@code .} elements, and {@code ..} resolved by text. */
  static String clean(String path) {
    boolean absolute = path.startsWith("/");
    Deque<String> elements = new ArrayDeque<>();
    for (String element : path.split("/", -1)) {
      if (element.equals("..")) {
        ascend(elements, absolute);
      } else if (!element.isEmpty() && !element.equals(".")) {
        elements.addLast(element);
      }
    }
    String joined = String.join("/", elements);
    if (absolute) {
      return "/" + joined;
    }
    return joined.isEmpty() ? "." : joined;
  }

  private static void ascend(Deque<String> elements, boolean absolute) {
    if (!elements.isEmpty() && !elements.getLast().equals("..")) {
      elements.removeLast();
    } else if (!absolute) {
      elements.addLast("..");
    }
  }

  /** Returns the clean path of elements put together, or nothing if all are empty. */
  static String join(String... elements) {
    StringBuilder joined = new StringBuilder();
    for (String element : elements) {
      if (!element.isEmpty()) {
        joined.append(joined.isEmpty() ? "" : "/").append(element);
      }
    }
    return joined.isEmpty() ? "" : clean(joined.toString());
  }

  /** Returns all but the last element, clean. */
  static String dir(String path) {
    return clean(path.substring(0, path.lastIndexOf('/') + 1));
  }

  /** Returns the last element. */
  static String base(String path) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    if (end == 0) {
      return path.isEmpty() ? "." : "/";
    }
    return path.substring(path.lastIndexOf('/', end - 1) + 1, end);
  }
}
