/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.session.SshAgents;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.SshSocket;
import dev.buildkit.llb.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs of a build talk to OpenSSH's agent on this machine. */
@IntegrationTest
class SshAgentsIT {
  private static final String SSH_ADD = "/usr/bin/ssh-add";

  @TempDir
  private Path directory;

  private SshAgent agent;
  private Path key;

  @BeforeEach
  void startAgent() throws IOException {
    agent = SshAgent.start(directory);
    key = agent.addKey(directory.resolve("key"), "key-of-the-test");
  }

  @AfterEach
  void endAgent() {
    agent.close();
  }

  @Test
  void commandsSeeTheKeysOfTheAgent(BuildKitClient client) throws Exception {
    String listed = run(client, SSH_ADD + " -l > /out/file", SshSocket.ofDefaultAgent());

    assertThat(listed).isEqualTo(agent.list().out()).contains("key-of-the-test (ED25519)");
  }

  @Test
  void commandsSignWithAKeyThatTheyDoNotHave(BuildKitClient client) throws Exception {
    String publicKey = Files.readString(Path.of(key + ".pub")).strip();
    // It signs something with the agent and checks the signature with the public key.
    String signed = run(
        client,
        "echo '" + publicKey + "' > /tmp/key.pub && " + SSH_ADD
            + " -T /tmp/key.pub > /out/file 2>&1; echo $? >> /out/file",
        SshSocket.ofDefaultAgent());

    assertThat(signed).endsWith("0\n");
  }

  /** OpenSSH's own program asks for each key and confirms what comes. */
  @Test
  void commandsSignWithKeysFromFiles(BuildKitClient client) throws Exception {
    List<SshKeyPair> keys = SshKeyPair.ofEachKind(directory);
    SshAgents agents = SshAgents.empty()
        .addKeys(SshAgents.DEFAULT_ID, keys.stream().map(SshKeyPair::file).toArray(Path[]::new));
    StringBuilder command = new StringBuilder(SSH_ADD + " -l > /out/file");
    for (SshKeyPair pair : keys) {
      command.append("; echo '" + pair.publicKey() + "' > /tmp/key.pub; " + SSH_ADD
          + " -T /tmp/key.pub >> /out/file 2>&1 && echo signed >> /out/file");
    }
    command.append("; " + SSH_ADD + " -D > /dev/null 2>&1 || echo kept >> /out/file");

    List<String> said = run(client, command.toString(), SshSocket.ofDefaultAgent(), agents)
        .lines()
        .toList();

    assertThat(said.subList(0, keys.size()).stream().map(SshKeyPair::fingerprint))
        .isEqualTo(keys.stream().map(SshKeyPair::fingerprint).toList());
    List<String> expected = new ArrayList<>(Collections.nCopies(keys.size(), "signed"));
    expected.add("kept");
    assertThat(said.subList(keys.size(), said.size())).isEqualTo(expected);
  }

  @Test
  void commandsCannotChangeTheAgent(BuildKitClient client) throws Exception {
    String refused =
        run(client, SSH_ADD + " -D > /out/file 2>&1 || true", SshSocket.ofDefaultAgent());

    assertThat(refused).isNotEmpty();
    assertThat(agent.list().out()).contains("key-of-the-test");
  }

  @Test
  void agentsHaveIds(BuildKitClient client) throws Exception {
    SshAgents agents = SshAgents.empty().addAgent("deploy", agent.socket());

    assertThat(run(client, SSH_ADD + " -l > /out/file", SshSocket.of("deploy"), agents))
        .contains("key-of-the-test");
    assertThatThrownBy(() -> run(client, "true", SshSocket.of("other"), agents))
        .hasMessageContaining("SSH agent other: the client offers none of this id, but [deploy];"
            + " add it to SshAgents");
    assertThat(run(client, "echo none > /out/file", SshSocket.of("other").optional(), agents))
        .isEqualTo("none\n");
  }

  @Test
  void anAgentThatIsGoneFailsTheStepByItsPath(BuildKitClient client) {
    SshAgents agents = agent.offered();
    agent.close();

    assertThatThrownBy(() -> run(client, "true", SshSocket.ofDefaultAgent(), agents))
        .hasMessageContaining("SSH agent default: cannot connect to " + agent.socket());
  }

  @Test
  void otherSocketsAreForwardedWhole(BuildKitClient client) throws Exception {
    Path socket = directory.resolve("raw.sock");
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(socket));
      CompletableFuture<String> heard =
          CompletableFuture.supplyAsync(() -> hear(listener), OwnThread.EACH);
      // ssh-add speaks its own protocol to whoever is there: a length of 1, and a request for the
      // keys.
      run(
          client,
          SSH_ADD + " -l > /out/file 2>&1 || true",
          SshSocket.ofDefaultAgent(),
          SshAgents.empty().addSocket(SshAgents.DEFAULT_ID, socket));

      assertThat(heard).succeedsWithin(Duration.ofMinutes(1)).isEqualTo("000000010b");
    }
  }

  private static String hear(ServerSocketChannel listener) {
    try (SocketChannel socket = listener.accept()) {
      ByteBuffer heard = ByteBuffer.allocate(5);
      while (heard.hasRemaining() && socket.read(heard) >= 0) {
        // More may come.
      }
      return HexFormat.of().formatHex(heard.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void connectionsEndWithTheBuild(BuildKitClient client) throws Exception {
    run(client, SSH_ADD + " -l > /out/file", SshSocket.ofDefaultAgent());

    await().until(() -> openSockets() == 0);
  }

  /** The connections that this process has to the agent, besides that of the daemon. */
  private long openSockets() throws IOException {
    return Files.readString(Path.of("/proc/net/unix"))
            .lines()
            .filter(line -> line.endsWith(" " + agent.socket()))
            .count()
        - 1;
  }

  private String run(BuildKitClient client, String command, SshSocket socket) throws Exception {
    return run(client, command, socket, agent.offered());
  }

  /** Runs a command in an image that has {@code ssh-add}, and returns what it left in {@code /out/file}. */
  private String run(BuildKitClient client, String command, SshSocket socket, SshAgents agents)
      throws Exception {
    State image = State.image("busybox").file(FileAction.copy(State.local("ssh"), "/", "/"));
    Exec exec = Exec.shell(command + " # " + UUID.randomUUID())
        .addSshSocket(socket)
        .addMount("/out", State.scratch());
    Path out = directory.resolve("out");
    client.solve(SolveRequest.definition(image.run(exec).mount("/out").marshal())
        .localDir("ssh", HostProgram.tree(SSH_ADD))
        .attach(agents)
        .export(Exporter.local(out))
        .build());
    return Files.readString(out.resolve("file"));
  }
}
