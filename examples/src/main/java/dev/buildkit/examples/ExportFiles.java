/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.progress.ProgressPrinter;
import dev.buildkit.client.session.Secrets;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.llb.Definition;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.State;
import java.nio.file.Path;

/** Packs a local directory, signs it with a secret, and gets both files back. */
final class ExportFiles {
  public static void main(String[] args) throws InterruptedException {
    Path source = Path.of(args[0]);
    Path out = Path.of(args[1]);

    Exec pack = Exec.shell("tar -czf /out/src.tar.gz . && "
            + "cat /run/secrets/key /out/src.tar.gz | sha256sum > /out/signature")
        .dir("/src")
        .addMount("/src", State.local("src"))
        .addMount("/out", State.scratch())
        .addSecret("key", "/run/secrets/key");
    Definition packed = State.image("busybox").run(pack).mount("/out").marshal();

    try (BuildKitClient client = BuildKitClient.connect()) {
      client.solve(SolveRequest.definition(packed)
          .localDir("src", source)
          .attach(Secrets.empty().add("key", "s3cr3t"))
          .export(Exporter.local(out))
          .progress(ProgressPrinter.plain(System.err))
          .build());
    }
  }

  private ExportFiles() {}
}
