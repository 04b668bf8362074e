/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.session;

import static java.util.Objects.requireNonNull;

import dev.buildkit.client.internal.session.AgentSocket;
import dev.buildkit.client.internal.session.KeyAgent;
import dev.buildkit.client.internal.session.RawSocket;
import dev.buildkit.client.internal.session.SshEndpoint;
import dev.buildkit.client.internal.session.SshService;
import dev.buildkit.client.internal.ssh.KeyFile;
import dev.buildkit.client.internal.ssh.SshKey;
import io.grpc.ServerServiceDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The SSH agents of this machine that the steps of a build may use, by id, and the sources that are fetched over SSH.
 *
 * <pre>{@code
 * SshAgents.fromEnvironment()
 *     .addAgent("other", Path.of("/run/user/1000/other.sock"))
 *     .addKeys("deploy", Path.of("deploy_key"))
 * }</pre>
 *
 * <p>Keys stay in the agent: a step that mounts it may list its public keys and have it sign, and nothing else. Each connection of a
 * process in the build is one to the agent here, until either side ends it. Agents are on this machine, whatever machine the daemon
 * runs on. Where there is none, keys from files have one in this process.
 *
 * <p>Immutable: each method returns a copy. {@link #toString()} shows nothing of keys.
 */
public final class SshAgents implements Attachable {
  /** The id of the agent that a step uses if it names none. */
  public static final String DEFAULT_ID = SshService.DEFAULT_ID;

  private static final SshAgents EMPTY = new SshAgents(Map.of());
  private static final String VARIABLE = "SSH_AUTH_SOCK";
  private static final int TYPE_MASK = 0170000;
  private static final int SOCKET = 0140000;

  private final Map<String, SshEndpoint> endpoints;

  private SshAgents(Map<String, SshEndpoint> endpoints) {
    this.endpoints = Collections.unmodifiableMap(endpoints);
  }

  /** Returns a set without agents. */
  public static SshAgents empty() {
    return EMPTY;
  }

  /**
   * Returns the agent whose socket the environment variable {@code SSH_AUTH_SOCK} of this process names, under the id {@value
   * #DEFAULT_ID}.
   *
   * @throws IllegalArgumentException if the variable is not set, or names no socket
   */
  public static SshAgents fromEnvironment() {
    return fromEnvironment(System.getenv());
  }

  static SshAgents fromEnvironment(Map<String, String> environment) {
    String socket = environment.getOrDefault(VARIABLE, "");
    if (socket.isEmpty()) {
      throw new IllegalArgumentException("SSH agent " + DEFAULT_ID + ": " + VARIABLE
          + " is not set; start an agent with 'eval $(ssh-agent)' and 'ssh-add'");
    }
    return EMPTY.addAgent(DEFAULT_ID, Path.of(socket));
  }

  /**
   * Adds an agent that listens at a Unix socket.
   *
   * @param id {@value #DEFAULT_ID} for steps that name none
   * @throws IllegalArgumentException if the id is empty or taken, or the path is no socket
   */
  public SshAgents addAgent(String id, Path socket) {
    return add(id, new AgentSocket(requireSocket(id, socket)));
  }

  /**
   * Adds an agent that has keys from files. It runs in this process, and needs neither a program nor a socket.
   *
   * <p>Keys of RSA (1024 bits or more), ECDSA (nistp256, nistp384, nistp521) and Ed25519, without a passphrase, in the form of
   * OpenSSH or as PEM of PKCS#8, PKCS#1 or SEC 1. They are offered in their order, without comments; many servers end a connection
   * after a handful that they do not know. Files are read now and not again, and what they hold is in memory as long as this set and
   * its copies are.
   *
   * @param id {@value #DEFAULT_ID} for steps that name none
   * @param keys the files of private keys, at least one
   * @throws IllegalArgumentException if the id is empty or taken, there is no key, a file is missing, or holds no such key
   */
  public SshAgents addKeys(String id, Path... keys) {
    requireNonNull(id, "id");
    if (keys.length == 0) {
      throw new IllegalArgumentException(
          "SSH agent " + id + ": it would have no keys; give the path of one at least");
    }
    return add(id, KeyAgent.of(Arrays.stream(keys).map(key -> readKey(id, key)).toList()));
  }

  /**
   * Adds a Unix socket of any protocol, to which steps may send what they like: nothing is filtered, so mind what the one who listens
   * there can be told to do.
   *
   * @param id {@value #DEFAULT_ID} for steps that name none
   * @throws IllegalArgumentException if the id is empty or taken, or the path is no socket
   */
  public SshAgents addSocket(String id, Path socket) {
    return add(id, new RawSocket(requireSocket(id, socket)));
  }

  /** Returns the ids, in the order in which they were added. */
  public Set<String> ids() {
    return endpoints.keySet();
  }

  @Override
  public List<ServerServiceDefinition> services() {
    return List.of(SshService.of(endpoints));
  }

  /** Returns the ids. */
  @Override
  public String toString() {
    return "SshAgents" + endpoints.keySet();
  }

  private SshAgents add(String id, SshEndpoint endpoint) {
    if (id.isEmpty()) {
      throw new IllegalArgumentException(
          "id of an SSH agent must not be empty; the usual one is " + DEFAULT_ID);
    }
    Map<String, SshEndpoint> copy = new LinkedHashMap<>(endpoints);
    if (copy.put(id, endpoint) != null) {
      throw new IllegalArgumentException("SSH agent " + id + " is given twice");
    }
    return new SshAgents(copy);
  }

  private static SshKey readKey(String id, Path key) {
    String name = "SSH agent " + id + ": key";
    if (isSocket(requireNonNull(key, "key"))) {
      throw new IllegalArgumentException(
          name + " " + key.toAbsolutePath() + ": this is a socket; add it with SshAgents.addAgent");
    }
    return KeyFile.read(name, key);
  }

  private static boolean isSocket(Path file) {
    try {
      return ((int) Files.getAttribute(file, "unix:mode") & TYPE_MASK) == SOCKET;
    } catch (IOException | UnsupportedOperationException e) {
      return false; // Who reads the file says what is wrong with it.
    }
  }

  private static Path requireSocket(String id, Path socket) {
    Path path = requireNonNull(socket, "socket").toAbsolutePath();
    requireNonNull(id, "id");
    if (!Files.exists(path)) {
      throw new IllegalArgumentException("SSH agent " + id + ": there is no socket " + path
          + "; start the agent, or correct the path");
    }
    if (Files.isRegularFile(path) || Files.isDirectory(path)) {
      throw new IllegalArgumentException("SSH agent " + id + ": this is no socket: " + path
          + "; add a key with SshAgents.addKeys");
    }
    return path;
  }
}
