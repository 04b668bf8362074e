/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import static dev.buildkit.examples.buildctl.gotext.GoStruct.orNull;

import dev.buildkit.client.UsageInfo;
import dev.buildkit.examples.buildctl.gotext.GoStruct;

/** Cache records as templates and JSON see them. */
final class UsageFields {
  private UsageFields() {}

  static GoStruct of(UsageInfo usage) {
    return GoStruct.of("client.UsageInfo")
        .add("ID", "id", usage.id())
        .add("Mutable", "mutable", usage.mutable())
        .add("InUse", "inUse", usage.inUse())
        .add("Size", "size", usage.sizeBytes())
        .add("CreatedAt", "createdAt", usage.createdAt())
        .add("LastUsedAt", "lastUsedAt", usage.lastUsedAt().orElse(null))
        .add("UsageCount", "usageCount", usage.usageCount())
        .add("Parents", "parents", orNull(usage.parents()))
        .add("Description", "description", usage.description())
        .add("RecordType", "recordType", usage.recordType())
        .add("Shared", "shared", usage.shared());
  }
}
