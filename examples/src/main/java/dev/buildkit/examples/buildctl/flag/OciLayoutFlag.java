/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.flag;

import dev.buildkit.client.session.OciStores;
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

  /**
   * Returns the stores of these layouts.
   *
   * @throws FlagException if one of them is none
   */
  public static OciStores stores(Map<String, Path> layouts) {
    OciStores stores = OciStores.empty();
    for (Map.Entry<String, Path> layout : layouts.entrySet()) {
      try {
        stores = stores.add(layout.getKey(), layout.getValue());
      } catch (IllegalArgumentException e) {
        throw new FlagException("oci-layout context at " + layout.getValue()
            + " failed to initialize: " + e.getMessage());
      }
    }
    return stores;
  }
}
