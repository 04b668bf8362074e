/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.SolveResult;
import dev.buildkit.llb.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a directory of the client is on the daemon: the same as the one that {@code buildctl} sends. */
@IntegrationTest
class BuildContextIT {
  private static final String COPY_ALL = "FROM scratch\nCOPY . /\n";

  @TempDir
  private Path context;

  @TempDir
  private Path out;

  @RepeatedTest(5)
  void aSmallContextIsBuiltAgainAndAgain(BuildKitClient client) throws Exception {
    Files.writeString(context.resolve("hello.txt"), "hello");
    Path copy = out.resolve("copy");

    client.solve(
        Builds.dockerfile(COPY_ALL, context).export(Exporter.local(copy)).build());

    assertThat(copy.resolve("hello.txt")).hasContent("hello");
  }

  @Test
  void anEmptyContextIsBuilt(BuildKitClient client) throws Exception {
    Path copy = out.resolve("copy");
    client.solve(
        Builds.dockerfile(COPY_ALL, context).export(Exporter.local(copy)).build());
    assertThat(copy).isEmptyDirectory();
  }

  @Test
  @Requires(Capability.BUILDCTL)
  void socketsAndFifosDoNotDisturb(BuildKitClient client) throws Exception {
    TestTrees.specialFiles(context);
    assertSameAsBuildctl(client);
  }

  @Test
  @Requires(Capability.BUILDCTL)
  void namesAreBytes(BuildKitClient client) throws Exception {
    TestTrees.oddNames(context);
    assertSameAsBuildctl(client);
  }

  @Test
  @Requires(Capability.BUILDCTL)
  void manySmallFilesArriveWhole(BuildKitClient client) throws Exception {
    TestTrees.smallFiles(context, 20, 100);
    assertSameAsBuildctl(client);
  }

  @Test
  @Requires(Capability.BUILDCTL)
  void hardLinksGiveTheImageThatBuildctlMakes(BuildKitClient client) throws Exception {
    TestTrees.randomFile(context.resolve("one"), 100_000);
    Files.createLink(context.resolve("two"), context.resolve("one"));
    Files.createLink(context.resolve("three"), context.resolve("one"));
    Path metadata = out.resolve("metadata.json");

    SolveResult result = client.solve(Builds.dockerfile(COPY_ALL, context)
        .export(Exporter.image("hard-links"))
        .build());
    Builds.buildctl(
            COPY_ALL,
            context,
            out,
            "--output",
            "type=image,name=hard-links",
            "--metadata-file",
            metadata.toString())
        .orFail();

    assertThat(metadata)
        .content()
        .contains("\"containerimage.digest\": \"" + result.imageDigest().orElseThrow() + "\"");
    assertSameAsBuildctl(client);
  }

  /** Sends the directory both ways to sources of their own, and compares what the daemon then has. */
  private void assertSameAsBuildctl(BuildKitClient client)
      throws IOException, InterruptedException {
    Path ours = out.resolve("ours.tar");
    Path theirs = out.resolve("theirs.tar");
    client.solve(SolveRequest.definition(State.local("ours").marshal())
        .localDir("ours", context)
        .export(Exporter.tar(ours))
        .build());
    Buildctl.ofSharedDaemon()
        .run(
            State.local("theirs").marshal().toByteArray(),
            "build",
            "--local",
            "theirs=" + context,
            "--output",
            "type=tar,dest=" + theirs)
        .orFail();
    assertThat(ours).hasSameBinaryContentAs(theirs);
  }
}
