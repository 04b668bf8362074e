/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import dev.buildkit.client.internal.json.JsonObject;
import dev.buildkit.client.internal.json.StrictJson;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an image is called in the index of an OCI layout.
 *
 * @param tag its tag; may be empty
 * @param name its full name; empty if it has none
 */
public record OciLabel(String tag, String name) {
  static final String TAG = "org.opencontainers.image.ref.name";
  static final String NAME = "io.containerd.image.name";

  /** Returns a label without a full name. */
  public static OciLabel tag(String tag) {
    return new OciLabel(tag, "");
  }

  /** Returns the label of a full name, whose tag is what follows the repository: {@code 1.0}, or {@code @sha256:…}. */
  public static OciLabel name(String name) {
    int path = name.indexOf('/');
    for (int i = path; i >= 0 && i < name.length(); i++) {
      if (name.charAt(i) == ':') {
        return new OciLabel(name.substring(i + 1), name);
      }
      if (name.charAt(i) == '@') {
        return new OciLabel(name.substring(i), name);
      }
    }
    return new OciLabel("", name);
  }

  /** Returns whether a descriptor of the index has this label. */
  boolean isOf(StrictJson descriptor) {
    Map<String, String> annotations = descriptor.texts("annotations");
    return annotations.getOrDefault(TAG, "").equals(tag)
        && annotations.getOrDefault(NAME, "").equals(name);
  }

  /** Returns a descriptor with this label. */
  JsonObject on(StrictJson descriptor) {
    Map<String, String> annotations = new TreeMap<>(descriptor.texts("annotations"));
    if (!name.isEmpty()) {
      annotations.put(NAME, name);
    }
    annotations.put(TAG, tag);
    return descriptor.toObject().put("annotations", JsonObject.ofTexts(annotations));
  }
}
