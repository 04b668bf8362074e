/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Builds a small Dockerfile of which the daemon has every step in its cache. */
record CachedBuild(Path context, Contender primer) implements Scenario {
  private static final String DOCKERFILE = """
      FROM busybox
      WORKDIR /src
      COPY . .
      RUN sha256sum * > /checksums
      """;

  @Override
  public String name() {
    return "cached";
  }

  @Override
  public void prepare() throws IOException, InterruptedException {
    Files.createDirectories(context);
    Files.writeString(context.resolve("Dockerfile"), DOCKERFILE);
    primer.run(Build.dockerfile(context));
  }

  @Override
  public List<Step> steps(int turn) {
    return List.of(new Step("cached Dockerfile", Build.dockerfile(context)));
  }

  @Override
  public void clean() {}
}
