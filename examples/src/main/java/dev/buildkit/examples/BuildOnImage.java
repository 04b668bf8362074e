/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.progress.ProgressPrinter;
import dev.buildkit.client.session.RegistryAuth;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.source.ResolverOptions;
import dev.buildkit.llb.Definition;
import dev.buildkit.llb.ImageConfigResolver;
import dev.buildkit.llb.ImageSource;
import dev.buildkit.llb.State;

/** Runs a command in an image as a container would: with its environment, in its directory, as its user. */
final class BuildOnImage {
  public static void main(String[] args) throws InterruptedException {
    String image = args[0];
    String command = args[1];
    RegistryAuth auth = RegistryAuth.dockerConfig();

    try (BuildKitClient client = BuildKitClient.connect()) {
      ImageConfigResolver resolver =
          client.imageConfigResolver(ResolverOptions.none().attach(auth));
      State base =
          State.from(ImageSource.of(image).configResolver(resolver).configUser().resolveDigest());
      System.out.println(base.dir() + " " + base.env());

      Definition graph = base.run(command).marshal();
      client.solve(SolveRequest.definition(graph)
          .attach(auth)
          .progress(ProgressPrinter.plain(System.err))
          .build());
    }
  }

  private BuildOnImage() {}
}
