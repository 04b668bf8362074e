/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import dev.buildkit.client.internal.json.StrictJson;
import java.util.Map;

/**
 * An image that the index of an OCI layout names.
 *
 * @param digest of its manifest, or of its index if it has several platforms
 * @param tag what it is called in the layout; may be empty
 * @param name its full name; may be empty
 */
public record OciImage(String digest, String tag, String name) {
  static OciImage of(StrictJson descriptor) {
    Map<String, String> annotations = descriptor.texts("annotations");
    return new OciImage(
        descriptor.text("digest"),
        annotations.getOrDefault(OciLabel.TAG, ""),
        annotations.getOrDefault(OciLabel.NAME, ""));
  }

  /** Returns whether someone may call it so. */
  public boolean isCalled(String wanted) {
    return wanted.equals(tag) || wanted.equals(name);
  }
}
