/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.flag;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Values of {@code --opt}. */
public final class OptFlag {
  private static final String SOURCE_DATE_EPOCH = "SOURCE_DATE_EPOCH";
  private static final String BUILD_ARG = "build-arg:";

  private OptFlag() {}

  /**
   * Returns the options of the frontend, with the date that the environment fixes. A build argument without a value, such as {@code
   * build-arg:VERSION}, has that of the environment variable, and is left out where the variable is not set. The last value counts.
   *
   * @throws FlagException if another option has no equals sign
   */
  public static Map<String, String> parse(List<String> values, Surroundings surroundings) {
    Map<String, String> opts = new LinkedHashMap<>();
    surroundings
        .variable(SOURCE_DATE_EPOCH)
        .ifPresent(epoch -> opts.put("build-arg:" + SOURCE_DATE_EPOCH, epoch));
    opts.putAll(KeyValue.mapOf(
        values.stream().flatMap(value -> withValue(value, surroundings)).toList()));
    return opts;
  }

  private static Stream<String> withValue(String opt, Surroundings surroundings) {
    if (!opt.startsWith(BUILD_ARG) || opt.equals(BUILD_ARG) || opt.contains("=")) {
      return Stream.of(opt);
    }
    return surroundings.variable(opt.substring(BUILD_ARG.length())).stream()
        .map(value -> opt + "=" + value);
  }
}
