/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.session;

import static java.util.Objects.requireNonNull;

import dev.buildkit.client.internal.session.SecretsService;
import io.grpc.ServerServiceDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The secrets that the steps of a build may mount, by id.
 *
 * <p>The daemon asks for a secret each time that a step needs it. Only the ids added here are answered; for all others the
 * daemon is told that there is no such secret. A value is at most {@value #MAX_BYTES} bytes, BuildKit's own limit. Values never
 * show in {@link #toString()}, logs or exceptions.
 *
 * <pre>{@code
 * Secrets.empty().addFile("netrc", Path.of(".netrc")).addEnv("token", "DEPLOY_TOKEN")
 * }</pre>
 *
 * <p>Immutable: each method returns a copy.
 */
public final class Secrets implements Attachable {
  /** The largest value of a secret, in bytes. */
  public static final int MAX_BYTES = 500 * 1024;

  private static final Secrets EMPTY = new Secrets(Map.of(), id -> Optional.empty());

  private final Map<String, Value> values;
  private final Function<String, Optional<byte[]>> others;

  private Secrets(Map<String, Value> values, Function<String, Optional<byte[]>> others) {
    this.values = values;
    this.others = others;
  }

  /** Returns a set without secrets. */
  public static Secrets empty() {
    return EMPTY;
  }

  /**
   * Returns secrets that are looked up when the daemon asks for them.
   *
   * @param lookup from id to value, empty if there is none; called on threads of the client, also for ids that no step of yours
   *     names: sources ask for {@code GIT_AUTH_TOKEN} and the like
   */
  public static Secrets from(Function<String, Optional<byte[]>> lookup) {
    return new Secrets(Map.of(), requireNonNull(lookup, "lookup"));
  }

  /**
   * Adds a secret with a value.
   *
   * @throws IllegalArgumentException if the id is empty or taken, or the value is too large
   */
  public Secrets add(String id, byte[] value) {
    byte[] copy = value.clone();
    checkSize(id, copy.length);
    return with(id, copy::clone);
  }

  /**
   * Adds a secret whose value is the UTF-8 form of a text.
   *
   * @throws IllegalArgumentException if the id is empty or taken, or the value is too large
   */
  public Secrets add(String id, String value) {
    return add(id, value.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Adds a secret whose value is the content of a file, read each time that the daemon asks.
   *
   * @throws IllegalArgumentException if the id is empty or taken, or the file is missing, no file, or not readable
   */
  public Secrets addFile(String id, Path file) {
    Path absolute = file.toAbsolutePath();
    if (!Files.isReadable(absolute) || Files.isDirectory(absolute)) {
      throw new IllegalArgumentException(
          "secret " + id + ": no readable file: " + absolute + "; create it or correct the path");
    }
    return with(id, () -> readFile(id, absolute));
  }

  /**
   * Adds a secret whose value is that of an environment variable of this process now.
   *
   * @throws IllegalArgumentException if the id is empty or taken, or the variable is not set
   */
  public Secrets addEnv(String id, String variable) {
    String value = System.getenv(requireNonNull(variable, "variable"));
    if (value == null) {
      throw new IllegalArgumentException(
          "secret " + id + ": environment variable " + variable + " is not set");
    }
    return add(id, value);
  }

  @Override
  public List<ServerServiceDefinition> services() {
    return List.of(new SecretsService(this::find).bindService());
  }

  /** Returns the ids and nothing of the values. */
  @Override
  public String toString() {
    return "Secrets" + values.keySet();
  }

  Optional<byte[]> find(String id) {
    Value value = values.get(id);
    Optional<byte[]> found = value == null ? others.apply(id) : Optional.of(value.read());
    found.ifPresent(bytes -> checkSize(id, bytes.length));
    return found;
  }

  private Secrets with(String id, Value value) {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("secret id must not be empty");
    }
    Map<String, Value> copy = new LinkedHashMap<>(values);
    if (copy.put(id, value) != null) {
      throw new IllegalArgumentException("secret " + id + " is given twice");
    }
    return new Secrets(copy, others);
  }

  /** Reads at most one byte more than is allowed, so that a wrong path to a huge file does no harm. */
  private static byte[] readFile(String id, Path file) {
    try (var in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      checkSize(id, bytes.length);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "secret " + id + ": cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static void checkSize(String id, int bytes) {
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "secret " + id + " has more than " + MAX_BYTES + " bytes, the most that BuildKit takes");
    }
  }

  private interface Value {
    byte[] read();
  }
}
