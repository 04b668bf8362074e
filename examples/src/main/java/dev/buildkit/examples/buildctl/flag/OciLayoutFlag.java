/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.flag;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of {@code --oci-layout}. */
public final class OciLayoutFlag {
  private OciLayoutFlag() {}

  /**
   * Returns the OCI layouts that the build may read, by id.
   *
   * @throws FlagException if a value has no equals sign
   */
  public static Map<String, Path> parse(List<String> values, Surroundings surroundings) {
    Map<String, Path> layouts = new LinkedHashMap<>();
    for (String value : values) {
      KeyValue pair = KeyValue.of(
          value, "oci-layout option must be 'id=path/to/layout', instead had invalid " + value);
      layouts.put(pair.key(), surroundings.path(pair.value()));
    }
    return layouts;
  }
}
