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
    return new Buildctl(Daemon.of(System.getenv()).address());
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
    String program = System.getProperty("buildkit.buildctl", "");
    assumeTrue(!program.isEmpty(), "there is no buildctl to compare with");
    return Stream.concat(Stream.of(program, "--addr", address), Stream.of(arguments))
        .toList();
  }
}
