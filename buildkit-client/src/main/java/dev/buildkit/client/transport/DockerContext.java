/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.buildkit.client.internal.docker.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A context as {@code docker context create} stores it.
 *
 * @param file the description
 * @param certificates the directory of PEM files; contexts without TLS have none
 */
record DockerContext(String name, Path file, Path certificates) {

  /** The name of the context that is stored nowhere. */
  static final String DEFAULT = "default";

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.+-]*");
  private static final String ENDPOINT = "docker";

  static DockerContext of(Path configDirectory, String name) {
    Path contexts = configDirectory.resolve("contexts").toAbsolutePath();
    String directory = sha256(requireName(name));
    return new DockerContext(
        name,
        contexts.resolve(Path.of("meta", directory, "meta.json")),
        contexts.resolve(Path.of("tls", directory, ENDPOINT)));
  }

  static String requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("Docker context '" + name
          + "': contexts cannot have this name; give one that docker context ls shows");
    }
    return name;
  }

  /** Returns the way to the engine of the context. */
  Transport engine() {
    JsonObject endpoint = endpoint();
    String host = endpoint.text("Host");
    if (host.isEmpty()) {
      throw invalid("has no host of a Docker Engine");
    }
    try {
      return DockerHost.parse(host, tls(endpoint.flag("SkipTLSVerify")));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Docker context '" + name + "' in " + file + ": " + e.getMessage(), e);
    }
  }

  private Optional<DockerTls> tls(boolean unverified) {
    return unverified || Files.isDirectory(certificates)
        ? Optional.of(new DockerTls(certificates, !unverified, true))
        : Optional.empty();
  }

  private JsonObject endpoint() {
    byte[] text = read();
    try {
      JsonObject endpoint = JsonObject.parse(text).objects("Endpoints").get(ENDPOINT);
      if (endpoint != null) {
        return endpoint;
      }
    } catch (IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
    throw invalid("has no endpoint " + ENDPOINT);
  }

  private byte[] read() {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "Docker context '" + name + "': there is no " + file
              + "; choose one that docker context ls shows, or set DOCKER_CONFIG to the directory that has it",
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Docker context '" + name + "': " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private IllegalArgumentException invalid(String problem) {
    return new IllegalArgumentException("Docker context '" + name + "': " + file + " " + problem
        + "; correct it with docker context update");
  }

  private static String sha256(String name) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
