/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.buildkit.client.internal.json.StrictJson;
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
    Endpoint endpoint = endpoint(read());
    try {
      return DockerHost.parse(endpoint.host, tls(endpoint.unverified));
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

  private Endpoint endpoint(String text) {
    try {
      return Endpoint.of(StrictJson.parse(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("Docker context '" + name + "': " + file + " "
          + e.getMessage() + "; correct it with docker context update");
    }
  }

  private String read() {
    try {
      return Files.readString(file);
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

  private static String sha256(String name) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** What a context says of its engine. */
  private record Endpoint(String host, boolean unverified) {

    static Endpoint of(StrictJson context) {
      StrictJson endpoint = context.objects("Endpoints").get(ENDPOINT);
      String host = endpoint == null ? "" : endpoint.text("Host");
      if (endpoint == null || host.isEmpty()) {
        throw new IllegalArgumentException("has no host of a Docker Engine");
      }
      return new Endpoint(host, endpoint.flag("SkipTLSVerify"));
    }
  }
}
