/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.PruneOptions;
import dev.buildkit.client.UsageInfo;
import dev.buildkit.examples.buildctl.gotext.GoTemplate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes records from the cache of the daemon, and tells each one. */
@Command(name = "prune", description = "remove what the build cache holds")
final class Prune implements Callable<Integer> {
  private static final double MEGABYTE = 1e6;

  private final Invocation invocation;

  @Mixin
  private final ListOptions options = new ListOptions();

  @Option(
      names = "--keep-duration",
      paramLabel = "duration",
      description = "keep what was used within this time, such as 48h")
  private Duration keepDuration = Duration.ZERO;

  @Option(
      names = "--keep-storage",
      paramLabel = "float",
      description = "remove only until the cache is not larger than this, in MB")
  private double keepStorage;

  @Option(
      names = "--keep-storage-min",
      paramLabel = "float",
      description = "keep this much in any case, in MB")
  private double keepStorageMin;

  @Option(
      names = "--free-storage",
      paramLabel = "float",
      description = "remove only until this much is free on the daemon's disk, in MB")
  private double freeStorage;

  @Option(names = "--all", description = "remove records of the daemon and of frontends too")
  private boolean all;

  Prune(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException {
    Optional<GoTemplate> template = options.template();
    PruneOptions request = request();
    try (BuildKitClient client = invocation.connect()) {
      if (template.isPresent()) {
        client.prune(request, usage -> print(template.get().apply(UsageFields.of(usage)) + "\n"));
      } else {
        Removed removed = new Removed();
        client.prune(request, removed);
        print(removed.total());
      }
    }
    return 0;
  }

  private PruneOptions request() {
    PruneOptions request = PruneOptions.none()
        .keepDuration(keepDuration)
        .reservedSpace((long) (keepStorageMin * MEGABYTE))
        .maxUsedSpace((long) (keepStorage * MEGABYTE))
        .minFreeSpace((long) (freeStorage * MEGABYTE));
    for (String filter : options.filters) {
      request = request.filter(filter);
    }
    return all ? request.all() : request;
  }

  private void print(String text) {
    invocation.out().print(text);
    invocation.out().flush();
  }

  /** Prints each record at once, because pruning takes its time. */
  private final class Removed implements Consumer<UsageInfo> {
    private final UsageTable table = new UsageTable();
    private boolean started;
    private long bytes;

    @Override
    public void accept(UsageInfo usage) {
      bytes += usage.sizeBytes();
      if (options.verbose) {
        table.addAll(usage);
      } else {
        addRow(usage);
      }
      print(table.flush());
    }

    private void addRow(UsageInfo usage) {
      if (!started) {
        table.addHeader();
        started = true;
      }
      table.addRow(usage);
    }

    String total() {
      table.addTotal(bytes);
      return table.flush();
    }
  }
}
