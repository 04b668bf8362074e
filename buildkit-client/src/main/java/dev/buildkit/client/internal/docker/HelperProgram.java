/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.buildkit.client.internal.json.StrictJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program that keeps credentials, such as {@code docker-credential-pass}: it is told a registry and
 * answers with a JSON object. What it says on standard error is not read, since nobody promises that
 * it has no secrets.
 */
final class HelperProgram {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int MAX_BYTES = 256 * 1024;
  private static final int MAX_REASON = 300;

  /** What every helper says, and the only thing that tells absence from failure. */
  private static final String NOT_FOUND = "credentials not found in native keychain";

  /** The user name that goes with an identity token. */
  private static final String TOKEN_USER = "<token>";

  private final String program;
  private final Map<String, String> environment;
  private final Duration limit;

  HelperProgram(String name, Map<String, String> environment) {
    this(name, environment, LIMIT);
  }

  HelperProgram(String name, Map<String, String> environment, Duration limit) {
    this.program = program(name);
    this.environment = environment;
    this.limit = limit;
  }

  /** Returns the file name of a helper's program. */
  static String program(String name) {
    return "docker-credential-" + name;
  }

  /**
   * Returns what the helper has for a registry.
   *
   * @param key as {@link RegistryHost#key} has it
   * @throws IllegalStateException if the helper is missing, fails, or says what no helper should
   */
  Optional<AuthConfig> get(String key) {
    Path file = new Programs(environment)
        .find(program)
        .orElseThrow(() -> failure(
            key, "there is no such program; install it, or remove it from Docker's config.json"));
    ChildProcess.Result result = run(file, key);
    String out = result.out().strip();
    if (result.exitCode() == 0) {
      return Optional.of(read(key, result.out()));
    }
    if (out.equals(NOT_FOUND)) {
      return Optional.empty();
    }
    throw failure(key, "it ended with exit code " + result.exitCode() + reason(out));
  }

  private ChildProcess.Result run(Path file, String key) {
    try {
      return ChildProcess.run(
          List.of(file.toString(), "get"), environment, key.getBytes(UTF_8), MAX_BYTES, limit);
    } catch (IOException e) {
      throw failure(key, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(key, "interrupted while it ran");
    }
  }

  private AuthConfig read(String key, String out) {
    try {
      StrictJson answer = StrictJson.parse(out);
      String user = answer.text("Username");
      String secret = answer.text("Secret");
      return user.equals(TOKEN_USER)
          ? new AuthConfig("", "", secret, "")
          : AuthConfig.password(user, secret);
    } catch (IllegalArgumentException e) {
      throw failure(key, "its answer " + e.getMessage());
    }
  }

  /** A failing helper says why where it else answers; what could be an answer is not repeated. */
  private static String reason(String out) {
    String line = out.lines().findFirst().orElse("");
    boolean tellable = !line.isEmpty() && !out.contains("{") && !out.contains("Secret");
    return tellable ? ": " + line.substring(0, Math.min(line.length(), MAX_REASON)) : "";
  }

  private IllegalStateException failure(String key, String wrong) {
    return new IllegalStateException("ask the credential helper " + program + " for " + key + ": "
        + wrong + "; try it by hand: echo " + key + " | " + program + " get");
  }
}
