/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import dev.buildkit.llb.internal.Utf8;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The attributes of a source, each with the capability that it demands of the daemon. */
final class Attrs {
  static final Attrs NONE = new Attrs(new TreeMap<>(Utf8.ORDER), Set.of());

  private record Attr(String value, @Nullable String cap) {}

  private final SortedMap<String, Attr> attrs;
  private final Set<String> otherCaps;

  private Attrs(SortedMap<String, Attr> attrs, Set<String> otherCaps) {
    this.attrs = attrs;
    this.otherCaps = otherCaps;
  }

  Attrs with(String key, String value) {
    return with(key, value, null);
  }

  Attrs with(String key, String value, @Nullable String cap) {
    Check.notEmpty(key, "attribute: key", "give one, such as image.resolvemode");
    SortedMap<String, Attr> copy = new TreeMap<>(attrs);
    copy.put(key, new Attr(requireNonNull(value, "value"), cap));
    return new Attrs(copy, otherCaps);
  }

  Attrs without(String key) {
    SortedMap<String, Attr> copy = new TreeMap<>(attrs);
    copy.remove(key);
    return new Attrs(copy, otherCaps);
  }

  /** Demands a capability, whatever the attributes are. */
  Attrs demand(String cap) {
    Set<String> caps = new TreeSet<>(otherCaps);
    caps.add(cap);
    return new Attrs(attrs, caps);
  }

  /** Demands a capability for the attribute {@code key}, if it is there. */
  Attrs demand(String key, String cap) {
    Attr attr = attrs.get(key);
    return attr == null ? this : with(key, attr.value, cap);
  }

  boolean has(String key) {
    return attrs.containsKey(key);
  }

  /** Returns the attributes in the order of their keys. */
  SortedMap<String, String> values() {
    SortedMap<String, String> values = new TreeMap<>(Utf8.ORDER);
    attrs.forEach((key, attr) -> values.put(key, attr.value));
    return values;
  }

  Set<String> caps() {
    Set<String> caps = new TreeSet<>(otherCaps);
    for (Attr attr : attrs.values()) {
      if (attr.cap != null) {
        caps.add(attr.cap);
      }
    }
    return caps;
  }
}
