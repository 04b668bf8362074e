/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import dev.buildkit.client.UsageInfo;
import dev.buildkit.examples.buildctl.gotext.ByteSize;
import dev.buildkit.examples.buildctl.gotext.GoTime;
import dev.buildkit.examples.buildctl.gotext.TabWriter;
import java.util.List;

/** Cache records as people see them. */
final class UsageTable {
  private final TabWriter table = TabWriter.tabs();

  void addHeader() {
    table.line("ID\tRECLAIMABLE\tSIZE\tLAST ACCESSED");
  }

  void addRow(UsageInfo usage) {
    String id = usage.id() + (usage.mutable() ? "*" : "");
    String size = ByteSize.rounded(usage.sizeBytes()) + (usage.shared() ? "*" : "");
    table.line(String.format("%-71s\t%-11s\t%s\t", id, !usage.inUse(), size));
  }

  /** Adds all that is known of a record, a line each. */
  void addAll(UsageInfo usage) {
    table.pair("ID", usage.id());
    if (!usage.parents().isEmpty()) {
      table.pair("Parents", String.join(";", usage.parents()));
    }
    table.pair("Created at", GoTime.plain(usage.createdAt()));
    table.pair("Mutable", usage.mutable());
    table.pair("Reclaimable", !usage.inUse());
    table.pair("Shared", usage.shared());
    table.pair("Size", ByteSize.rounded(usage.sizeBytes()));
    addUnlessEmpty("Description", usage.description());
    table.pair("Usage count", usage.usageCount());
    usage.lastUsedAt().ifPresent(time -> table.pair("Last used", GoTime.plain(time)));
    addUnlessEmpty("Type", usage.recordType());
    table.line("");
  }

  private void addUnlessEmpty(String name, String value) {
    if (!value.isEmpty()) {
      table.pair(name, value);
    }
  }

  /** Adds what the records take together. */
  void addSummary(List<UsageInfo> records) {
    long total = 0;
    long reclaimable = 0;
    long shared = 0;
    for (UsageInfo usage : records) {
      total += Math.max(0, usage.sizeBytes());
      reclaimable += usage.inUse() ? 0 : Math.max(0, usage.sizeBytes());
      shared += usage.shared() ? usage.sizeBytes() : 0;
    }
    if (shared > 0) {
      table.pair("Shared", ByteSize.rounded(shared));
      table.pair("Private", ByteSize.rounded(total - shared));
    }
    table.pair("Reclaimable", ByteSize.rounded(reclaimable));
    addTotal(total);
  }

  void addTotal(long bytes) {
    table.pair("Total", ByteSize.rounded(bytes));
  }

  /** Returns what was added since the last time, aligned. */
  String flush() {
    return table.flush();
  }
}
