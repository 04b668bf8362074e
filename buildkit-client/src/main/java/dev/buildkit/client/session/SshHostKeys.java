/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.partitioningBy;

import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys by which SSH servers prove who they are, for git repositories that are fetched over ssh.
 *
 * <pre>{@code
 * GitSource.of("git@example.com:app.git").addKnownSshHosts(SshHostKeys.scan("example.com"))
 * }</pre>
 *
 * <p>Whoever controls the network may answer a scan with keys of their own. Do it once, compare the
 * keys with what the server's owner publishes, and keep them with the build.
 */
public final class SshHostKeys {
  private static final int DEFAULT_PORT = 22;
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_.:%][A-Za-z0-9_.:%-]*");

  /** Name, type and key; all else that the program prints is remarks. */
  private static final Pattern KEY = Pattern.compile("[^# ]\\S* \\S+ [A-Za-z0-9+/=]{16,}");

  private final String program;
  private final String host;
  private final int port;

  private SshHostKeys(String program, String host, int port) {
    this.program = program;
    this.host = host;
    this.port = port;
  }

  /** Asks the server at port 22, as {@link #scan(String, int)} does. */
  public static String scan(String host) throws InterruptedException {
    return scan(host, DEFAULT_PORT);
  }

  /**
   * Asks a server for its keys and returns them as lines of a {@code known_hosts} file.
   *
   * <p>This runs OpenSSH's program {@code ssh-keyscan} for at most 10 seconds.
   *
   * @param host is a name or an IP address
   * @throws IllegalArgumentException if it is none, or the port is not between 1 and 65535
   * @throws BuildKitException if the server cannot be reached ({@link ErrorCode#UNAVAILABLE}), or there
   *     is no such program ({@link ErrorCode#UNSUPPORTED})
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public static String scan(String host, int port) throws InterruptedException {
    return scan("ssh-keyscan", host, port);
  }

  static String scan(String program, String host, int port) throws InterruptedException {
    if (!HOST.matcher(requireNonNull(host, "host")).matches()) {
      throw new IllegalArgumentException(
          "scan for ssh host keys: \"" + host + "\" is no host; give a name or an IP address");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("scan for ssh host keys of " + host
          + ": port must be between 1 and 65535, but was: " + port + "; the usual one is 22");
    }
    return new SshHostKeys(program, host, port).scan();
  }

  private String scan() throws InterruptedException {
    Map<Boolean, List<String>> lines =
        run().lines().collect(partitioningBy(line -> KEY.matcher(line).matches()));
    List<String> keys = requireNonNull(lines.get(true));
    if (keys.isEmpty()) {
      String remarks = String.join("; ", requireNonNull(lines.get(false)));
      throw failure(
          ErrorCode.UNAVAILABLE,
          "it gave none" + (remarks.isEmpty() ? "" : " (" + remarks + ")")
              + "; check that an SSH server listens there",
          null);
    }
    return keys.stream().sorted().collect(joining("\n", "", "\n"));
  }

  /** Returns what the program prints: a few lines, which fit into the pipe until it has ended. */
  private String run() throws InterruptedException {
    Process process = start();
    try (InputStream out = process.getInputStream()) {
      if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw failure(
            ErrorCode.UNAVAILABLE,
            "no answer within " + LIMIT.toSeconds()
                + " seconds; check that an SSH server listens there",
            null);
      }
      return new String(out.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw failure(ErrorCode.FAILED, "what " + program + " printed cannot be read", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start() {
    String patience = Long.toString(LIMIT.toSeconds() - 1);
    try {
      return new ProcessBuilder(program, "-T", patience, "-p", Integer.toString(port), host)
          .redirectErrorStream(true)
          .start();
    } catch (IOException e) {
      throw failure(
          ErrorCode.UNSUPPORTED,
          program + " cannot be started; install OpenSSH's client programs, or pass lines of a"
              + " known_hosts file to the source",
          e);
    }
  }

  private BuildKitException failure(ErrorCode code, String problem, @Nullable Throwable cause) {
    return new BuildKitException(
        code,
        "failed to scan for ssh host keys of " + host + " at port " + port + ": " + problem,
        cause);
  }
}
