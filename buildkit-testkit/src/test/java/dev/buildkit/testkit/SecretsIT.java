/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.session.Secrets;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.Secret;
import dev.buildkit.llb.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets reach the command that names them. */
@IntegrationTest
@Requires(Capability.SECRET_VARIABLES)
class SecretsIT {
  @TempDir
  private Path directory;

  @Test
  void filesAndValuesReachTheCommand(BuildKitClient client) throws Exception {
    Path file = Files.writeString(directory.resolve("secret"), "from a file");
    client.solve(request(
            "test \"$(cat /run/secrets/file)\" = 'from a file' && test \"$VALUE\" = 'from memory'")
        .attach(Secrets.empty().addFile("file", file).add("value", "from memory"))
        .build());
  }

  @Test
  void aFileThatIsGoneFailsTheSolveByItsName(BuildKitClient client) throws Exception {
    Path file = Files.writeString(directory.resolve("secret"), "for a while");
    Secrets secrets = Secrets.empty().addFile("file", file).add("value", "");
    Files.delete(file);
    assertThatThrownBy(() -> client.solve(request("true").attach(secrets).build()))
        .hasMessageContaining(file.toString());
  }

  private static SolveRequest.Builder request(String commandLine) {
    Exec exec = Exec.shell(commandLine + " # " + UUID.randomUUID())
        .addSecret("file", "/run/secrets/file")
        .addSecret(Secret.env("value", "VALUE"));
    return SolveRequest.definition(State.image("alpine").run(exec).root().marshal());
  }
}
