/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.source;

import java.util.Map;

/**
 * What a daemon knows about a source.
 *
 * <p>Its type is that of the source which would be read in a build, and so another than that of the source which was asked for
 * if a policy converts one to the other.
 */
public sealed interface SourceMetadata
    permits ImageMetadata, GitMetadata, HttpMetadata, OtherMetadata {
  /** Returns the identifier of the source, as it was asked for unless a policy replaced it. */
  String identifier();

  /** Returns the attributes of the source with those that a policy set. */
  Map<String, String> attrs();
}
