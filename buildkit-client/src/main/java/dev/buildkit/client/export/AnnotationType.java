/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.export;

/** What an annotation of an image is written to. */
public enum AnnotationType {
  /** The manifest of a platform. */
  MANIFEST("annotation-manifest", true),

  /** The index, which images of several platforms and those with attestations have. */
  INDEX("annotation-index", false),

  /** The entry of a platform's manifest in the index. */
  MANIFEST_DESCRIPTOR("annotation-manifest-descriptor", true),

  /** The entry of the index in the {@code index.json} of an OCI image layout. */
  INDEX_DESCRIPTOR("annotation-index-descriptor", false);

  private final String attribute;
  private final boolean ofPlatform;

  AnnotationType(String attribute, boolean ofPlatform) {
    this.attribute = attribute;
    this.ofPlatform = ofPlatform;
  }

  String attribute() {
    return attribute;
  }

  /** Returns whether each platform has one of its own. */
  boolean isOfPlatform() {
    return ofPlatform;
  }
}
