/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.transport.Transport;
import dev.buildkit.llb.State;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon behind a TCP port does the same as one behind a socket file. */
@IntegrationTest
class TcpIT {
  @Test
  void filesGoAndComeBack(@TempDir Path sent, @TempDir Path received) throws Exception {
    Path file = TestTrees.randomFile(sent.resolve("file"), 5_000_000);
    try (PrivateBuildkitd buildkitd = PrivateBuildkitd.spawn();
        BuildKitClient client = Daemon.connect(Transport.parse(buildkitd.tcpAddress()))) {
      client.solve(SolveRequest.definition(State.local("sent").marshal())
          .localDir("sent", sent)
          .export(Exporter.local(received))
          .build());
    }
    assertThat(received.resolve("file")).hasSameBinaryContentAs(file);
  }
}
