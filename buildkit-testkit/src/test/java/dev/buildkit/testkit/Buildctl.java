/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** BuildKit's own command line client: what it does with a daemon is right by definition. */
record Buildctl(String address) {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Returns a client of the daemon that the tests share. */
  static Buildctl ofSharedDaemon() {
    return new Buildctl(System.getenv().getOrDefault("BUILDKIT_HOST", ""));
  }

  /** Returns whether there is a {@code buildctl}, and it understands the address of the shared daemon. */
  static boolean reachesSharedDaemon() {
    return !program().isEmpty() && ofSharedDaemon().run("debug", "workers").exitCode() == 0;
  }

  /** Runs {@code buildctl} with arguments such as {@code build}; it may fail. */
  Command.Output run(String... arguments) {
    return run(new byte[0], arguments);
  }

  /** Runs {@code buildctl} with bytes on its standard input; it may fail. */
  Command.Output run(byte[] in, String... arguments) {
    return Command.run(LIMIT, in, words(arguments));
  }

  /** Returns the words of a command that runs {@code buildctl} with these arguments. */
  List<String> words(String... arguments) {
    String program = program();
    assumeTrue(!program.isEmpty(), "there is no buildctl to compare with");
    return Stream.of(Stream.of(program, "--addr", address), tls(), Stream.of(arguments))
        .flatMap(words -> words)
        .toList();
  }

  private static String program() {
    return System.getProperty("buildkit.buildctl", "");
  }

  /** The directory is that of the shared daemon; the private ones speak no TLS. */
  private Stream<String> tls() {
    String directory = System.getenv().getOrDefault("BUILDKIT_TLS_DIR", "");
    boolean shared = equals(ofSharedDaemon());
    return shared && !directory.isEmpty() ? Stream.of("--tlsdir", directory) : Stream.empty();
  }
}
