/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.transport.Transport;
import dev.buildkit.llb.State;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Sends a directory to a daemon and gets it back; as a program too, for tests that need another environment. */
final class SendAndReceive {
  /** Takes an address and the two directories. */
  public static void main(String[] args) throws InterruptedException {
    through(Transport.parse(args[0]), Path.of(args[1]), Path.of(args[2]));
  }

  static void through(Transport transport, Path sent, Path received) throws InterruptedException {
    try (BuildKitClient client = Daemon.connect(transport)) {
      client.solve(SolveRequest.definition(State.local("sent").marshal())
          .localDir("sent", sent)
          .export(Exporter.local(received))
          .build());
    }
  }

  /** Runs the program with a directory before all others on its PATH. */
  static Command.Output withPath(Path first, String address, Path sent, Path received) {
    String path = first + File.pathSeparator + System.getenv("PATH");
    return withVariables(List.of("PATH=" + path), address, sent, received);
  }

  /** Runs the program with more variables, of the form {@code NAME=value}. */
  static Command.Output withVariables(
      List<String> variables, String address, Path sent, Path received) {
    List<String> java = List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx128m",
        "-cp",
        System.getProperty("java.class.path"),
        SendAndReceive.class.getName(),
        address,
        sent.toString(),
        received.toString());
    return Command.run(
        Duration.ofMinutes(4),
        new byte[0],
        Stream.of(List.of("env"), variables, java).flatMap(List::stream).toList());
  }

  /** Writes a program for a PATH; its lines run in a shell. */
  static void writeProgram(Path file, String... lines) throws IOException {
    Files.write(file, Stream.concat(Stream.of("#!/bin/sh"), Stream.of(lines)).toList());
    if (!file.toFile().setExecutable(true)) {
      throw new AssertionError("cannot make executable: " + file);
    }
  }

  private SendAndReceive() {}
}
