/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The order of texts by their UTF-8 bytes, in which BuildKit sorts mounts and map keys. */
public final class Utf8 {
  /**
   * The order of unsigned UTF-8 bytes, which is the order of code points. {@link String#compareTo}
   * compares UTF-16 units and so puts U+1F600 before U+FF5E.
   */
  public static final Comparator<String> ORDER = Utf8::compare;

  private Utf8() {}

  private static int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean bothOrNone = Character.isSurrogate(x) == Character.isSurrogate(y);
        // A surrogate stands for a code point above every other char.
        return bothOrNone ? Character.compare(x, y) : Character.isSurrogate(x) ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /** Returns whether {@code map} yields its keys in {@link #ORDER}. */
  public static boolean isSorted(Map<String, ?> map) {
    String previous = null;
    for (String key : map.keySet()) {
      if (previous != null && compare(previous, key) > 0) {
        return false;
      }
      previous = key;
    }
    return true;
  }

  /** Returns a copy of {@code map} that yields its keys in {@link #ORDER}. */
  public static <V> Map<String, V> sorted(Map<String, V> map) {
    List<Map.Entry<String, V>> entries = new ArrayList<>(map.entrySet());
    entries.sort(Map.Entry.comparingByKey(ORDER));
    Map<String, V> copy = new LinkedHashMap<>(entries.size() * 2);
    entries.forEach(entry -> copy.put(entry.getKey(), entry.getValue()));
    return copy;
  }
}
