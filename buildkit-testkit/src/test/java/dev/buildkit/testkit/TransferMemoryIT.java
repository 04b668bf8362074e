/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.solve.SolveRequest;
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
@Timeout(value = 5, unit = TimeUnit.MINUTES)
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
    TestTrees.smallFiles(sent, 600, 100);
    sendAndReceive(client);
    try (Stream<Path> files = Files.walk(sent).filter(Files::isRegularFile)) {
      assertThat(files.filter(this::differs)).isEmpty();
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
