/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.progress.ProgressPrinter;
import dev.buildkit.client.session.Secrets;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.State;
import java.nio.file.Path;

/** Solves a graph with a local directory and a secret, and gets the files back. */
final class ExportFiles {
  public static void main(String[] args) throws InterruptedException {
    Path source = Path.of(args[0]);
    Path out = Path.of(args[1]);

    Exec archive = Exec.shell("tar -C /src -cf /out/src.tar . && wc -c < /run/secrets/token > /out/token-size")
        .addMount("/src", State.local("src"))
        .addMount("/out", State.scratch())
        .addSecret("token", "/run/secrets/token");

    try (BuildKitClient client = BuildKitClient.connect()) {
      client.solve(SolveRequest.definition(State.image("busybox").run(archive).mount("/out").marshal())
          .localDir("src", source)
          .attach(Secrets.empty().add("token", "s3cr3t"))
          .export(Exporter.local(out))
          .progress(ProgressPrinter.plain(System.err))
          .build());
    }
  }

  private ExportFiles() {}
}
