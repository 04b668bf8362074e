/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.flag;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A field of the form key=value. */
record KeyValue(String key, String value) {
  /** Splits at the first equals sign, and throws the given message if there is none. */
  static KeyValue of(String field, String message) {
    int equals = field.indexOf('=');
    if (equals < 0) {
      throw new FlagException(message);
    }
    return new KeyValue(field.substring(0, equals), field.substring(equals + 1));
  }

  static KeyValue of(String field) {
    return of(field, "invalid value " + field);
  }

  /** Returns the pairs of a record under keys in lower case; the last one of a key counts. */
  static Map<String, String> mapOf(String record) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String field : CsvRecord.parse(record)) {
      KeyValue pair = of(field);
      map.put(pair.lowerKey(), pair.value());
    }
    return map;
  }

  /** Returns the pairs of a repeated flag, each value of which is one; the last one of a key counts. */
  static Map<String, String> mapOf(List<String> values) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String value : values) {
      KeyValue pair = of(value);
      map.put(pair.key(), pair.value());
    }
    return map;
  }

  String lowerKey() {
    return key.toLowerCase(Locale.ROOT);
  }
}
