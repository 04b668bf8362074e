/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.buildkit.client.internal.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The part of Docker's {@code config.json} that is of use to a client of BuildKit.
 *
 * @param currentContext the context that {@code docker context use} chose
 * @param auths what the file itself holds for registries, by their names or addresses
 * @param credsStore the credential helper that has the rest
 * @param credHelpers the credential helpers of single registries
 */
public record DockerConfig(
    Optional<String> currentContext,
    Map<String, AuthConfig> auths,
    Optional<String> credsStore,
    Map<String, String> credHelpers) {
  private static final String FILE = "config.json";

  /** Copies the maps. */
  public DockerConfig {
    auths = copy(auths);
    credHelpers = copy(credHelpers);
  }

  /**
   * Returns the directory of Docker's configuration: {@code $DOCKER_CONFIG}, or {@code .docker} in
   * the user's home directory.
   *
   * @param environment such as {@code System.getenv()}
   */
  public static Path directory(Map<String, String> environment) {
    String directory = environment.getOrDefault("DOCKER_CONFIG", "");
    return directory.isEmpty() ? home(environment).resolve(".docker") : Path.of(directory);
  }

  /** Returns the file of a configuration directory. */
  public static Path file(Path directory) {
    return directory.resolve(FILE).toAbsolutePath();
  }

  /**
   * Reads the file in a directory; none reads as an empty one.
   *
   * @throws IllegalArgumentException if the file is not what Docker would write
   * @throws UncheckedIOException if it cannot be read
   */
  public static DockerConfig load(Path directory) {
    Path file = file(directory);
    String text = read(file);
    return explained("read " + file, () -> of(StrictJson.parse(text)));
  }

  /** Adds to an argument error what was attempted and what to do; it must not quote the text. */
  static <T> T explained(String attempted, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          attempted + ": it " + e.getMessage() + "; correct it, or log in again with docker login");
    }
  }

  static Map<String, AuthConfig> auths(StrictJson file) {
    Map<String, AuthConfig> auths = new LinkedHashMap<>();
    file.objects("auths").forEach((key, entry) -> auths.put(key, AuthEntry.read(key, entry)));
    return auths;
  }

  /** Returns whether the file says anything about credentials. */
  boolean hasCredentials() {
    return credsStore.isPresent() || !credHelpers.isEmpty() || !auths.isEmpty();
  }

  private static DockerConfig of(StrictJson file) {
    return new DockerConfig(
        nonEmpty(file.text("currentContext")),
        auths(file),
        nonEmpty(file.text("credsStore")),
        file.texts("credHelpers"));
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), UTF_8);
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(
          "read " + file + ": " + e.getMessage()
              + "; let this user read it, or set DOCKER_CONFIG to another directory",
          e);
    }
  }

  /** The JDK's {@code user.home} does not follow {@code HOME}, which Docker goes by. */
  private static Path home(Map<String, String> environment) {
    boolean windows = System.getProperty("os.name", "").startsWith("Windows");
    String home = environment.getOrDefault(windows ? "USERPROFILE" : "HOME", "");
    return Path.of(home.isEmpty() ? System.getProperty("user.home", "") : home);
  }

  private static Optional<String> nonEmpty(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static <V> Map<String, V> copy(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
