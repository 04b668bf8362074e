/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import dev.buildkit.client.internal.grpc.ConnectFailure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Starts a child process for each connection.
 *
 * @param workers where a process is started and served; each takes three of its threads
 */
record ProcessConnector(List<String> command, Executor workers) implements PipeConnector {

  /** Gives a process a session of its own, so that the terminal's Ctrl-C is not for it; it becomes the program itself. */
  private static final String SETSID = "setsid";

  private static final boolean WINDOWS = File.separatorChar == '\\';

  @Override
  public CompletableFuture<BytePipe> connect() {
    CompletableFuture<BytePipe> opened = new CompletableFuture<>();
    workers.execute(() -> {
      try {
        requireProgram();
        opened.complete(serve(new ProcessBuilder(words()).start()));
      } catch (IOException | RejectedExecutionException e) {
        opened.completeExceptionally(e);
      }
    });
    return opened;
  }

  private BytePipe serve(Process process) {
    try {
      return ProcessPipe.of(process, command, workers);
    } catch (RejectedExecutionException e) {
      // The client was closed in the meantime.
      process.destroyForcibly();
      throw e;
    }
  }

  /** {@code setsid} would say so too, but only when that looks like any other end of the program. */
  private void requireProgram() throws ConnectFailure {
    String program = command.get(0);
    if (WINDOWS || find(program).isPresent()) {
      return;
    }
    throw new ConnectFailure(
        program.indexOf('/') < 0
            ? program + ": not found on PATH; install it, or add its directory to PATH"
            : program + ": there is no such program; correct the path");
  }

  private List<String> words() {
    return find(SETSID).isPresent()
        ? Stream.concat(Stream.of(SETSID), command.stream()).toList()
        : command;
  }

  private static Optional<Path> find(String program) {
    Stream<Path> candidates = program.indexOf('/') >= 0
        ? Stream.of(Path.of(program))
        : Pattern.compile(File.pathSeparator, Pattern.LITERAL)
            .splitAsStream(System.getenv().getOrDefault("PATH", ""))
            .map(directory -> Path.of(directory, program));
    return candidates
        .filter(candidate -> Files.isRegularFile(candidate) && Files.isExecutable(candidate))
        .findFirst();
  }
}
