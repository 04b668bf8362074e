/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.progress.ProgressPrinter;
import dev.buildkit.client.session.RegistryAuth;
import dev.buildkit.client.solve.CacheOptions;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.SolveResult;
import java.nio.file.Path;

/** Builds a Dockerfile for two platforms and pushes the image, with a cache in the registry. */
final class PushDockerfileImage {
  public static void main(String[] args) throws InterruptedException {
    try (BuildKitClient client = BuildKitClient.connect()) {
      SolveResult result = push(client, Path.of(args[0]), args[1]);
      System.out.println(args[1] + "@" + result.imageDigest().orElseThrow());
    }
  }

  static SolveResult push(BuildKitClient client, Path context, String name)
      throws InterruptedException {
    CacheOptions cache = CacheOptions.registry(name + ":cache");
    return client.solve(SolveRequest.frontend("dockerfile.v0")
        .frontendAttr("platform", "linux/amd64,linux/arm64")
        .frontendAttr("build-arg:VERSION", "1.0")
        .localDir("context", context)
        .localDir("dockerfile", context)
        .attach(RegistryAuth.dockerConfig())
        .importCache(cache)
        .exportCache(cache.attr("mode", "max"))
        .export(Exporter.image(name).push())
        .progress(ProgressPrinter.plain(System.err))
        .build());
  }

  private PushDockerfileImage() {}
}
