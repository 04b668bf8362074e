/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.session.SshAgents;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.llb.GitSource;
import dev.buildkit.llb.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon fetches a repository from a real SSH server, with a key that only this machine's agent has. */
@IntegrationTest
@Requires({Capability.BUILDKITD, Capability.GIT})
class GitOverSshIT {
  @TempDir
  private Path directory;

  @BeforeAll
  static void theDaemonReachesThisMachine() {
    assumeTrue(
        Buildctl.ofSharedDaemon().address().startsWith("unix://"),
        "the daemon does not reach an SSH server that listens on the loopback interface");
  }

  @Test
  void repositoriesAreFetchedWithTheAgentsKeyFromAKnownHost(BuildKitClient client)
      throws Exception {
    Path repository = repository();
    try (Sshd sshd = Sshd.start(directory, Path.of("/usr/bin"));
        SshAgent agent = SshAgent.start(directory)) {
      agent.add(directory.resolve("client"));
      GitSource source = GitSource.of(
              "ssh://" + System.getProperty("user.name") + "@127.0.0.1:" + sshd.port() + repository)
          .ref("main")
          .addKnownSshHosts(Files.readString(directory.resolve("known_hosts")));

      solve(client, source, agent.offered());
      assertThat(directory.resolve("out/file")).hasContent("from git");

      String stranger = Files.readString(directory.resolve("client.pub"));
      GitSource unknown = GitSource.of("ssh://nobody@127.0.0.1:" + sshd.port() + repository)
          .ref("main")
          .addKnownSshHosts("[127.0.0.1]:" + sshd.port() + " " + stranger);
      assertThatThrownBy(() -> solve(client, unknown, agent.offered()))
          .hasMessageContaining("Host key verification failed");
    }
  }

  /** The server lets one key in at a time, so that no other can have been taken for it. */
  @Test
  void repositoriesAreFetchedWithKeysFromFiles(BuildKitClient client) throws Exception {
    List<SshKeyPair> keys = SshKeyPair.ofEachKind(directory);
    Path repository = repository();
    try (Sshd sshd = Sshd.start(directory, Path.of("/usr/bin"))) {
      GitSource source = GitSource.of(
              "ssh://" + System.getProperty("user.name") + "@127.0.0.1:" + sshd.port() + repository)
          .ref("main")
          .addKnownSshHosts(Files.readString(directory.resolve("known_hosts")));
      for (SshKeyPair key : keys) {
        Files.writeString(directory.resolve("client.pub"), key.publicKey() + "\n");
        solve(client, source, SshAgents.empty().addKeys("default", key.file()));
        assertThat(directory.resolve("out/file")).as(key.file().toString()).hasContent("from git");
        Files.delete(directory.resolve("out/file"));
      }

      SshAgents other = SshAgents.empty().addKeys("default", keys.get(0).file());
      assertThatThrownBy(() -> solve(client, source, other))
          .hasMessageContaining("Permission denied");
    }
  }

  private void solve(BuildKitClient client, GitSource source, SshAgents agents)
      throws InterruptedException {
    client.solve(SolveRequest.definition(State.from(source).marshal())
        .attach(agents)
        .export(Exporter.local(directory.resolve("out")))
        .build());
  }

  private Path repository() throws Exception {
    Path repository = Files.createDirectory(directory.resolve("repository"));
    Files.writeString(repository.resolve("file"), "from git");
    git(repository, "init", "-q", "-b", "main");
    git(repository, "add", ".");
    git(
        repository,
        "-c",
        "user.name=test",
        "-c",
        "user.email=test@example.com",
        "commit",
        "-q",
        "-m",
        "first");
    return repository;
  }

  private static void git(Path repository, String... words) {
    String[] command = new String[words.length + 3];
    command[0] = "git";
    command[1] = "-C";
    command[2] = repository.toString();
    System.arraycopy(words, 0, command, 3, words.length);
    Command.run(command).orFail();
  }
}
