/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.gotext;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as the verb %v writes them. */
final class GoText {
  private GoText() {}

  static String of(@Nullable Object value) {
    if (value == null) {
      return "<nil>";
    }
    if (value instanceof GoStruct struct) {
      return struct.fields().stream()
          .map(field -> of(field.value()))
          .collect(Collectors.joining(" ", "{", "}"));
    }
    if (value instanceof Map<?, ?> map) {
      return new TreeMap<>(map)
          .entrySet().stream()
              .map(entry -> entry.getKey() + ":" + of(entry.getValue()))
              .collect(Collectors.joining(" ", "map[", "]"));
    }
    if (value instanceof Collection<?> list) {
      return list.stream().map(GoText::of).collect(Collectors.joining(" ", "[", "]"));
    }
    if (value instanceof Instant time) {
      return GoTime.plain(time);
    }
    if (value instanceof Duration duration) {
      return GoDuration.format(duration);
    }
    return value.toString();
  }
}
