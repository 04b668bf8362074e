/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.transport.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A daemon that belongs to one test, which may do to it what it likes. */
final class PrivateBuildkitd implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final String name;
  private final Map<String, String> facts;

  private PrivateBuildkitd(String name, Map<String, String> facts) {
    this.name = name;
    this.facts = facts;
  }

  /** Starts a daemon with the settings of the shared one. */
  static PrivateBuildkitd spawn() {
    return spawn(List.of());
  }

  /** Starts a daemon with settings of its own, besides those of the shared one. */
  static PrivateBuildkitd spawn(Path buildkitdToml) {
    return spawn(List.of("--config", buildkitdToml.toString()));
  }

  private static PrivateBuildkitd spawn(List<String> options) {
    String name = "it-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    Map<String, String> facts = daemons("spawn", name, options)
        .out()
        .lines()
        .map(line -> line.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    return new PrivateBuildkitd(name, facts);
  }

  /** Returns the address for a client. */
  String address() {
    return requireNonNull(facts.get("BUILDKIT_HOST"));
  }

  /** Returns a new client. */
  BuildKitClient connect() throws InterruptedException {
    return Daemon.connect(Transport.parse(address()));
  }

  /** Returns the address of the same daemon over TCP. */
  String tcpAddress() {
    return requireNonNull(facts.get("BUILDKIT_TCP"));
  }

  /** Ends the daemon with a signal that it cannot catch. */
  void kill() {
    String pid = facts.getOrDefault("PID", "");
    if (pid.isEmpty()) {
      close();
    } else {
      // Not by the script, which waits for other runs of it first.
      ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  /** Ends the daemon and removes all that it left, also after {@link #kill()}. */
  @Override
  public void close() {
    daemons("kill", name, List.of());
  }

  private static Command.Output daemons(String command, String name, List<String> options) {
    String script = System.getProperty("buildkit.daemons", "");
    assumeTrue(Files.isExecutable(Path.of(script)), "no script to start daemons with: " + script);
    List<String> words =
        Stream.concat(Stream.of(script, command, name), options.stream()).toList();
    return Command.run(LIMIT, new byte[0], words).orFail();
  }
}
