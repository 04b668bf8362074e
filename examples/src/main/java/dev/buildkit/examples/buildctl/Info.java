/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.DaemonInfo;
import dev.buildkit.examples.buildctl.gotext.GoStruct;
import dev.buildkit.examples.buildctl.gotext.GoTemplate;
import dev.buildkit.examples.buildctl.gotext.TabWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what the daemon says of itself. */
@Command(name = "info", description = "show the version of the daemon")
final class Info implements Callable<Integer> {
  private final Invocation invocation;

  @Option(
      names = "--format",
      paramLabel = "string",
      description = "json, or a template of Go such as '{{json .}}'")
  private String format = "";

  Info(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException {
    GoTemplate template = GoTemplate.parse(format);
    DaemonInfo version;
    try (BuildKitClient client = invocation.connect()) {
      version = client.info();
    }
    invocation
        .out()
        .print(format.isEmpty() ? table(version) : template.apply(fields(version)) + "\n");
    return 0;
  }

  private static GoStruct fields(DaemonInfo version) {
    return GoStruct.of("*client.Info")
        .add("BuildkitVersion", "buildkitVersion", WorkerFields.of(version));
  }

  private static String table(DaemonInfo version) {
    TabWriter table = TabWriter.spaces();
    table.pair("BuildKit", WorkerTable.version(version));
    if (!version.dockerfileVersion().isEmpty()) {
      table.pair("Dockerfile", version.dockerfileVersion());
    }
    return table.flush();
  }
}
