/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.internal.ssh.KeyFiles;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshAgentsTest {
  @TempDir
  private Path directory;

  private Path socket;
  private ServerSocketChannel listener;

  @BeforeEach
  void listen() throws IOException {
    socket = directory.resolve("socket");
    listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(socket));
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
    Files.deleteIfExists(socket);
  }

  @Test
  void theAgentOfTheEnvironmentIsTheDefault() {
    assertThat(SshAgents.fromEnvironment(Map.of("SSH_AUTH_SOCK", socket.toString())))
        .hasToString("SshAgents[default]");
    assertThatThrownBy(() -> SshAgents.fromEnvironment(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("SSH agent default: SSH_AUTH_SOCK is not set;"
            + " start an agent with 'eval $(ssh-agent)' and 'ssh-add'");
  }

  @Test
  void whatIsNoSocketIsRefusedAtOnce() throws IOException {
    Path key = Files.writeString(directory.resolve("id_rsa"), "key");
    Path missing = directory.resolve("missing");

    assertThatThrownBy(() -> SshAgents.empty().addAgent("default", key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "SSH agent default: this is no socket: " + key + "; add a key with SshAgents.addKeys");
    assertThatThrownBy(() -> SshAgents.empty().addSocket("a", missing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("SSH agent a: there is no socket " + missing
            + "; start the agent, or correct the path");
  }

  @Test
  void keysAreReadAndCheckedAtOnce() throws IOException {
    Path key = Files.writeString(directory.resolve("key"), KeyFiles.text("ed25519.openssh"));
    Path missing = directory.resolve("missing");
    Path secret =
        Files.writeString(directory.resolve("secret"), KeyFiles.text("passphrase-rsa.pkcs8"));
    SshAgents agents = SshAgents.empty().addKeys("deploy", key);
    Files.delete(key);

    assertThat(agents).hasToString("SshAgents[deploy]");
    assertThat(agents.services()).hasSize(1);
    assertThatThrownBy(() -> agents.addKeys("a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("SSH agent a: it would have no keys; give the path of one at least");
    assertThatThrownBy(() -> agents.addKeys("a", missing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("SSH agent a: key " + missing + ": there is no such file; correct the path");
    assertThatThrownBy(() -> agents.addKeys("a", socket))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "SSH agent a: key " + socket + ": this is a socket; add it with SshAgents.addAgent");
    assertThatThrownBy(() -> agents.addKeys("a", secret))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("SSH agent a: key " + secret + ": the key has a passphrase; add it to an agent"
            + " with 'ssh-add', and that agent's socket with SshAgents.addAgent");
  }

  @Test
  void idsAreGivenOnce() {
    SshAgents one = SshAgents.empty().addAgent("a", socket);

    assertThatThrownBy(() -> one.addSocket("a", socket)).hasMessage("SSH agent a is given twice");
    assertThatThrownBy(() -> one.addAgent("", socket))
        .hasMessage("id of an SSH agent must not be empty; the usual one is default");
    assertThat(one.addSocket("b", socket)).hasToString("SshAgents[a, b]");
    assertThat(one).hasToString("SshAgents[a]");
    assertThat(one.addSocket("b", socket).ids()).containsExactly("a", "b");
  }
}
