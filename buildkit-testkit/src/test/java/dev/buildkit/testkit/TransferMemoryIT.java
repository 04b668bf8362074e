/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes to a daemon and comes back takes little memory, however much it is. */
@IntegrationTest
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class TransferMemoryIT {
  @TempDir
  private Path sent;

  @TempDir
  private Path received;

  @BeforeAll
  static void theHeapIsSmall() {
    assertThat(Runtime.getRuntime().maxMemory()).as("heap in bytes").isLessThan(70 << 20);
  }

  @ParameterizedTest
  @ValueSource(longs = {400, 1200})
  void bigFilesGoAndComeBack(long megabytes, BuildKitClient client) throws Exception {
    Path file = TestTrees.randomFile(sent.resolve("big"), megabytes * 1_000_000);
    sendAndReceive(client);
    assertThat(Files.mismatch(file, received.resolve("big"))).isEqualTo(-1);
  }

  @Test
  void manySmallFilesGoAndComeBack(BuildKitClient client) throws Exception {
    TestTrees.smallFiles(sent, 100, 100);
    sendAndReceive(client);
    try (Stream<Path> files = Files.walk(sent).filter(Files::isRegularFile)) {
      assertThat(files.filter(this::differs)).isEmpty();
    }
  }

  /** So many that the frames of an HTTP/2 connection are split and joined in every possible way. */
  @Test
  void sixtyThousandFilesComeBack(BuildKitClient client) throws Exception {
    String make =
        "for d in $(seq 600); do mkdir $d; for f in $(seq 100); do echo $d $f >$d/$f; done; done";
    State made = State.image("alpine")
        .run(Exec.shell(make).dir("/out").addMount("/out", State.scratch()))
        .mount("/out");
    client.solve(
        SolveRequest.definition(made.marshal()).export(Exporter.local(received)).build());
    for (int d = 1; d <= 600; d++) {
      for (int f = 1; f <= 100; f++) {
        assertThat(received.resolve(d + "/" + f)).hasContent(d + " " + f);
      }
    }
  }

  private void sendAndReceive(BuildKitClient client) throws InterruptedException {
    client.solve(SolveRequest.definition(State.local("sent").marshal())
        .localDir("sent", sent)
        .export(Exporter.local(received))
        .build());
  }

  private boolean differs(Path file) {
    try {
      return Files.mismatch(file, received.resolve(sent.relativize(file))) != -1;
    } catch (IOException e) {
      return true;
    }
  }
}
