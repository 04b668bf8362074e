/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.SolveResult;
import dev.buildkit.client.solve.Subrequest;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Builds something and sends it where it shall go. */
@Command(
    name = "build",
    aliases = "b",
    description = "build with a frontend such as dockerfile.v0, or a graph from standard input")
final class Build implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin
  private final BuildOptions options = new BuildOptions();

  Build(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (Observers observers = Observers.open(options, invocation)) {
      SolveRequest.Builder request = new BuildRequest(options, invocation).builder();
      RefFile refFile = RefFile.of(options.refFile, invocation);
      request.ref(refFile.ref());
      try {
        solve(observers.addTo(request).build());
      } finally {
        refFile.write();
      }
      observers.report();
    }
    return 0;
  }

  private void solve(SolveRequest request) throws IOException, InterruptedException {
    try (BuildKitClient client = invocation.connect()) {
      solve(client, request);
    }
  }

  private void solve(BuildKitClient client, SolveRequest request)
      throws IOException, InterruptedException {
    String subrequest = request.frontendAttrs().get("requestid");
    try {
      if (subrequest != null && !request.frontend().isEmpty()) {
        SubrequestAnswer.print(
            client.subrequest(Subrequest.of(subrequest), request), invocation.out());
      } else {
        writeMetadata(client.solve(request));
      }
    } catch (InterruptedException e) {
      throw new InterruptedException("failed to solve: Canceled: context canceled");
    }
  }

  private void writeMetadata(SolveResult result) throws IOException {
    if (!options.metadataFile.isEmpty() && !result.exporterResponse().isEmpty()) {
      MetadataFile.write(
          invocation.surroundings().path(options.metadataFile), result.exporterResponse());
    }
  }
}
