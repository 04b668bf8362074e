/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.flag;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of {@code --opt}. */
public final class OptFlag {
  private static final String SOURCE_DATE_EPOCH = "SOURCE_DATE_EPOCH";

  private OptFlag() {}

  /**
   * Returns the options of the frontend, with the date that the environment fixes.
   *
   * @throws FlagException if a value has no equals sign
   */
  public static Map<String, String> parse(List<String> values, Surroundings surroundings) {
    Map<String, String> opts = new LinkedHashMap<>();
    surroundings
        .variable(SOURCE_DATE_EPOCH)
        .ifPresent(epoch -> opts.put("build-arg:" + SOURCE_DATE_EPOCH, epoch));
    opts.putAll(KeyValue.mapOf(values));
    return opts;
  }
}
