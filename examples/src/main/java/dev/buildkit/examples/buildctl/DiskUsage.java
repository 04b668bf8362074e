/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import static dev.buildkit.examples.buildctl.gotext.GoStruct.orNull;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.UsageInfo;
import dev.buildkit.examples.buildctl.gotext.GoTemplate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the cache of the daemon. */
@Command(name = "du", description = "list what the build cache holds")
final class DiskUsage implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin
  private final ListOptions options = new ListOptions();

  DiskUsage(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException {
    Optional<GoTemplate> template = options.template();
    List<UsageInfo> records;
    try (BuildKitClient client = invocation.connect()) {
      records = client.diskUsage(options.filters());
    }
    String text = template
        .map(format -> format.apply(orNull(records.stream().map(UsageFields::of).toList())) + "\n")
        .orElseGet(() -> table(records));
    invocation.out().print(text);
    return 0;
  }

  private String table(List<UsageInfo> records) {
    UsageTable table = new UsageTable();
    if (options.verbose) {
      records.forEach(table::addAll);
    } else {
      table.addHeader();
      records.forEach(table::addRow);
    }
    String text = table.flush();
    if (options.filters.isEmpty()) {
      table.addSummary(records);
    }
    return text + table.flush();
  }
}
