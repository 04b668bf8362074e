/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.WorkerInfo;
import dev.buildkit.examples.buildctl.gotext.GoStruct;
import dev.buildkit.examples.buildctl.gotext.GoTemplate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the workers of the daemon. */
@Command(name = "workers", description = "list the workers")
final class Workers implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin
  private final ListOptions options = new ListOptions();

  Workers(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException {
    Optional<GoTemplate> template = options.template();
    List<WorkerInfo> workers;
    try (BuildKitClient client = invocation.connect()) {
      workers = client.listWorkers(options.filters());
    }
    invocation
        .out()
        .print(template
            .map(format -> format(format, workers))
            .orElseGet(
                () -> options.verbose ? WorkerTable.details(workers) : WorkerTable.rows(workers)));
    return 0;
  }

  private static String format(GoTemplate format, List<WorkerInfo> workers) {
    return format.apply(GoStruct.orNull(workers.stream().map(WorkerFields::of).toList())) + "\n";
  }
}
