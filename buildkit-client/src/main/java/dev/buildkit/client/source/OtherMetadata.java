/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.source;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/** A source of which the daemon tells nothing else, such as a local directory. */
public record OtherMetadata(String identifier, Map<String, String> attrs)
    implements SourceMetadata {
  /** Copies the map. */
  public OtherMetadata {
    requireNonNull(identifier, "identifier");
    attrs = Map.copyOf(attrs);
  }
}
