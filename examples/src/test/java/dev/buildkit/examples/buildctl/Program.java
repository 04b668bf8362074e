/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A buildctl as a process of its own: Go's, or the script of this project. */
record Program(String path) {
  /** The first start of the script may compile. */
  private static final int LIMIT_MINUTES = 5;

  /** A program that has just been started on a busy machine is slow to connect. */
  private static final String CONNECT_TIMEOUT = "--timeout=60";

  /** Returns Go's program: what it does is right by definition. */
  static Program ofGo() {
    String path = System.getProperty("buildkit.buildctl", "");
    assumeTrue(!path.isEmpty(), "there is no buildctl to compare with");
    return new Program(path);
  }

  static Program ofJava() {
    return new Program(Path.of("buildctl").toAbsolutePath().toString());
  }

  /** Runs the program in a directory; it may fail. */
  Outcome run(Path directory, byte[] in, List<String> args) throws Exception {
    return run(directory, in, args, process -> {});
  }

  /** Runs the program until what it says on standard error contains a text, and then tells it to end. */
  Outcome runUntil(String text, Path directory, List<String> args) throws Exception {
    return run(directory, new byte[0], args, process -> {
      await().atMost(LIMIT_MINUTES, TimeUnit.MINUTES).until(() -> process.hasSaid(text));
      process.terminate();
    });
  }

  private Outcome run(Path directory, byte[] in, List<String> args, Intervention intervention)
      throws Exception {
    Path files = Files.createTempDirectory("buildctl");
    Path stdin = Files.write(files.resolve("in"), in);
    List<String> words = new ArrayList<>(List.of(path, CONNECT_TIMEOUT));
    words.addAll(args);
    Process process = new ProcessBuilder(words)
        .directory(directory.toFile())
        .redirectInput(stdin.toFile())
        .redirectOutput(files.resolve("out").toFile())
        .redirectError(files.resolve("err").toFile())
        .start();
    try {
      intervention.on(new Running(process, files.resolve("err")));
      assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES))
          .as("ends: " + words)
          .isTrue();
      return new Outcome(
          process.exitValue(),
          ByteBuffer.wrap(Files.readAllBytes(files.resolve("out"))),
          Files.readString(files.resolve("err")));
    } finally {
      process.destroyForcibly();
      delete(files);
    }
  }

  /** What a test does while the program runs. */
  private interface Intervention {
    void on(Running program) throws Exception;
  }

  private record Running(Process process, Path err) {
    boolean hasSaid(String text) throws IOException {
      return Files.readString(err).contains(text);
    }

    void terminate() {
      process.destroy();
    }
  }

  private static void delete(Path files) throws IOException {
    for (String name : List.of("in", "out", "err")) {
      Files.deleteIfExists(files.resolve(name));
    }
    Files.delete(files);
  }

  /** How a run ended and what it said. */
  record Outcome(int code, ByteBuffer bytes, String err) {
    String out() {
      return UTF_8.decode(bytes.duplicate()).toString();
    }

    /** Returns the last line of standard error, which tells why the program failed. */
    String error() {
      return err.strip().lines().reduce("", (first, second) -> second);
    }
  }
}
