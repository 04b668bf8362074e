/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.SolveException;
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
class SecretsIT {
  private final String unique = " # " + UUID.randomUUID();

  @TempDir
  private Path directory;

  @Test
  @Requires(llb = "exec.secretenv")
  void filesAndValuesReachTheCommand(BuildKitClient client) throws Exception {
    Path file = Files.writeString(directory.resolve("secret"), "from a file");
    client.solve(request(
            "test \"$(cat /run/secrets/file)\" = 'from a file' && test \"$VALUE\" = 'from memory'")
        .attach(Secrets.empty().addFile("file", file).add("value", "from memory"))
        .build());
  }

  @Test
  @Requires(llb = "exec.secretenv")
  void aFileThatIsGoneFailsTheSolveByItsName(BuildKitClient client) throws Exception {
    Path file = Files.writeString(directory.resolve("secret"), "for a while");
    Secrets secrets = Secrets.empty().addFile("file", file).add("value", "");
    Files.delete(file);
    assertThatThrownBy(() -> client.solve(request("true").attach(secrets).build()))
        .hasMessageContaining(file.toString());
  }

  @Test
  void aSecretFileHasItsOwnerAndMode(BuildKitClient client) throws Exception {
    Exec exec = Exec.shell("stat -c '%a %u:%g' /key /other > /out/is" + unique)
        .addSecret(Secret.file("key", "/key"))
        .addSecret(Secret.file("key", "/other").owner(1, 65534).mode(0640));

    assertThat(text(client, exec)).isEqualTo("400 0:0\n640 1:65534\n");
  }

  @Test
  @Requires(llb = "exec.secretenv")
  void oneSecretMayBeFileAndVariable(BuildKitClient client) throws Exception {
    Exec exec = Exec.shell("cat /key > /out/is; printf %s \" $KEY\" >> /out/is" + unique)
        .addSecret(Secret.file("key", "/key").env("KEY"));

    assertThat(text(client, exec)).isEqualTo("value value");
  }

  @Test
  void aSecretThatIsMissingIsNamedUnlessItIsOptional(BuildKitClient client) throws Exception {
    Exec exec = Exec.shell("test ! -e /none && echo without > /out/is" + unique);
    Secret none = Secret.file("none", "/none");

    assertThatThrownBy(() -> text(client, exec.addSecret(none)))
        .isInstanceOf(SolveException.class)
        .hasMessageMatching("(?s).*secret none:? not found.*");
    assertThat(text(client, exec.addSecret(none.optional()))).isEqualTo("without\n");
  }

  @Test
  void aSecretIsNoPartOfTheCacheKeyOrTheResult(BuildKitClient client) throws Exception {
    Exec exec =
        Exec.shell("cat /proc/sys/kernel/random/uuid > /id" + unique).addSecret("key", "/key");
    State root = State.image("busybox").run(exec).root();
    Solved first = Solved.of(client, request(root, "one"));

    assertThat(first.names()).doesNotContain("key");
    assertThat(Solved.of(client, request(root, "two")).text("id")).isEqualTo(first.text("id"));
  }

  private static String text(BuildKitClient client, Exec exec) throws Exception {
    return Solved.of(client, request(Solved.out(State.image("busybox"), exec), "value"))
        .text("is");
  }

  private static SolveRequest.Builder request(State state, String value) {
    return SolveRequest.definition(state.marshal()).attach(Secrets.empty().add("key", value));
  }

  private SolveRequest.Builder request(String commandLine) {
    Exec exec = Exec.shell(commandLine + unique)
        .addSecret("file", "/run/secrets/file")
        .addSecret(Secret.env("value", "VALUE"));
    return SolveRequest.definition(State.image("alpine").run(exec).root().marshal());
  }
}
