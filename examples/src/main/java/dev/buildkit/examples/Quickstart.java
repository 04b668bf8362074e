/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.progress.ProgressPrinter;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.SolveResult;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.Mount;
import dev.buildkit.llb.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Builds an image that serves a small website, follows the build, and shows what came out. */
final class Quickstart {
  public static void main(String[] args) throws IOException, InterruptedException {
    Path site = Path.of(args[0]);
    Path out = Files.createDirectories(Path.of(args[1]));
    Path archive = out.resolve("image.tar");
    Path files = out.resolve("files");

    try (BuildKitClient client = BuildKitClient.connect()) {
      SolveResult result = client.solve(SolveRequest.definition(image().marshal())
          .localDir("site", site)
          .export(Exporter.oci(archive).attr("containerimage.config", config()))
          .export(Exporter.local(files))
          .progress(ProgressPrinter.plain(System.err))
          .build());

      System.out.println("\nThe image " + archive + ":");
      Listing.printImage(archive, result, System.out);
      System.out.println("\nIts files, " + files + ":");
      Listing.printTree(files, System.out);
    }
  }

  /** A busybox with the website and a list of its checksums, which a command in a container makes. */
  private static State image() {
    State busybox = State.image("busybox");
    State site = State.local("site");
    Exec checksums = Exec.shell("sha256sum * | tee /out/checksums.txt")
        .dir("/site")
        .addMount(Mount.bind("/site", site).readonly())
        .addMount("/out", State.scratch());

    return busybox.file(
        FileAction.copy(site, "/", "/site").dirContentsOnly().createDestPath(),
        FileAction.copy(busybox.run(checksums).mount("/out"), "/checksums.txt", "/site/"));
  }

  /** What a Dockerfile says by ENTRYPOINT, ENV and EXPOSE. */
  private static String config() {
    return """
        {
          "os": "linux",
          "architecture": "%s",
          "config": {
            "Entrypoint": ["/site/start"],
            "Env": ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "PORT=8080"],
            "ExposedPorts": {"8080/tcp": {}}
          }
        }
        """.formatted(System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64");
  }

  private Quickstart() {}
}
