/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.file;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What few entries have; the others share one instance, which keeps a listing small. */
record Details(
    ByteBuffer linkTarget,
    long devMajor,
    long devMinor,
    Map<String, ByteBuffer> xattrs,
    @Nullable Object hardLinkKey) {
  static final Details NONE = new Details(ByteBuffer.allocate(0), 0, 0, Map.of(), null);

  static Details link(byte[] target) {
    return new Details(ByteBuffer.wrap(target.clone()), 0, 0, Map.of(), null);
  }

  static Details device(long major, long minor) {
    return new Details(NONE.linkTarget, major, minor, Map.of(), null);
  }

  Details addXattr(String name, byte[] value) {
    Map<String, ByteBuffer> more = new TreeMap<>(xattrs);
    more.put(name, ByteBuffer.wrap(value.clone()));
    return new Details(
        linkTarget, devMajor, devMinor, Collections.unmodifiableMap(more), hardLinkKey);
  }

  static Details hardLink(@Nullable Object key) {
    return key == null ? NONE : NONE.hardLinkKey(key);
  }

  Details hardLinkKey(Object key) {
    return new Details(linkTarget, devMajor, devMinor, xattrs, key);
  }

  byte[] linkTargetBytes() {
    return copy(linkTarget);
  }

  Map<String, byte[]> xattrBytes() {
    if (xattrs.isEmpty()) {
      return Map.of();
    }
    Map<String, byte[]> copies = new TreeMap<>();
    xattrs.forEach((name, value) -> copies.put(name, copy(value)));
    return copies;
  }

  private static byte[] copy(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(buffer.position(), bytes);
    return bytes;
  }
}
