/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.awaitility.Awaitility.await;

import dev.buildkit.client.session.SshAgents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** OpenSSH's agent, which belongs to one test. */
record SshAgent(Process process, Path socket) implements AutoCloseable {
  /** Starts an agent without keys, with its socket in a directory. */
  static SshAgent start(Path directory) throws IOException {
    Path socket = directory.resolve("agent.sock");
    Process process = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("agent.log").toFile())
        .start();
    SshAgent agent = new SshAgent(process, socket);
    await().until(() -> Files.exists(socket) && agent.list().exitCode() < 2);
    return agent;
  }

  /** Makes a key with a comment and adds it; returns its file, next to which is the public key. */
  Path addKey(Path file, String comment) {
    Command.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", file.toString())
        .orFail();
    return add(file);
  }

  /** Adds a key. */
  Path add(Path file) {
    run("ssh-add", "-q", file.toString()).orFail();
    return file;
  }

  /** Returns what {@code ssh-add -l} says on this machine. */
  Command.Output list() {
    return run("ssh-add", "-l");
  }

  /** Returns what offers this agent to a build as its default. */
  SshAgents offered() {
    return SshAgents.empty().addAgent(SshAgents.DEFAULT_ID, socket);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }

  private Command.Output run(String... words) {
    List<String> command = new ArrayList<>(List.of("env", "SSH_AUTH_SOCK=" + socket));
    command.addAll(List.of(words));
    return Command.run(Duration.ofMinutes(1), new byte[0], command);
  }
}
