/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.file.MemoryFileTree;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.testkit.BuildkitdExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A test of a Dockerfile: builds it on a real daemon and looks at the files that come out. */
class GreetingImageIT {
  @RegisterExtension
  static final BuildkitdExtension buildkitd = BuildkitdExtension.create();

  @Test
  void greetsByName(BuildKitClient client, @TempDir Path out) throws InterruptedException {
    MemoryFileTree dockerfile = MemoryFileTree.empty().addFile("Dockerfile", """
        FROM busybox AS build
        ARG NAME
        RUN echo "Hello, $NAME" > /greeting

        FROM scratch
        COPY --from=build /greeting /
        """);

    client.solve(SolveRequest.frontend("dockerfile.v0")
        .frontendAttr("build-arg:NAME", "Ada")
        .localDir("dockerfile", dockerfile)
        .export(Exporter.local(out))
        .build());

    assertThat(out.resolve("greeting")).hasContent("Hello, Ada");
  }
}
