/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Copies of what records are given, so that nobody can change them afterwards. */
final class Copies {
  private Copies() {}

  /** Returns entries in the order of their keys. */
  static <V> Map<String, V> sorted(Map<String, V> map) {
    return Collections.unmodifiableMap(new TreeMap<>(map));
  }

  /** Returns the bytes between position and limit. */
  static ByteBuffer bytes(ByteBuffer from) {
    ByteBuffer copy = ByteBuffer.allocate(from.remaining());
    return copy.put(from.duplicate()).flip().asReadOnlyBuffer();
  }
}
