/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.transport;

import dev.buildkit.client.internal.docker.DockerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Where Docker's own tools find an engine, in an environment of the given variables. */
record DockerEnvironment(Map<String, String> environment) {

  private static final Path SYSTEM_SOCKET = Path.of("/var/run/docker.sock");

  /**
   * Returns the way to an engine.
   *
   * @param context the context that was asked for, before all that the environment says
   * @throws IllegalArgumentException if what leads to it is missing or wrong
   */
  Transport engine(Optional<String> context) {
    if (context.isPresent()) {
      return ofContext(context.get());
    }
    if (!variable("DOCKER_HOST").isEmpty()) {
      return ofVariable();
    }
    String chosen = variable("DOCKER_CONTEXT");
    if (!chosen.isEmpty()) {
      return explained("DOCKER_CONTEXT", () -> ofContext(chosen));
    }
    Path directory = DockerConfig.directory(environment);
    return DockerConfig.load(directory)
        .currentContext()
        .map(current -> explained(
            "the current context in " + DockerConfig.file(directory), () -> ofContext(current)))
        .orElseGet(this::ofDefaultSocket);
  }

  private Transport ofContext(String name) {
    if (!name.equals(DockerContext.DEFAULT)) {
      return DockerContext.of(DockerConfig.directory(environment), name).engine();
    }
    return variable("DOCKER_HOST").isEmpty() ? ofDefaultSocket() : ofVariable();
  }

  private Transport ofVariable() {
    return explained("DOCKER_HOST", () -> DockerHost.parse(variable("DOCKER_HOST"), tls()));
  }

  private Optional<DockerTls> tls() {
    boolean verified = !variable("DOCKER_TLS_VERIFY").isEmpty();
    if (!verified && variable("DOCKER_TLS").isEmpty()) {
      return Optional.empty();
    }
    String directory = variable("DOCKER_CERT_PATH");
    return Optional.of(new DockerTls(
        directory.isEmpty() ? DockerConfig.directory(environment) : Path.of(directory),
        verified,
        false));
  }

  /** One that this process may write to is better than one that it may not, and that better than none. */
  private Transport ofDefaultSocket() {
    List<Path> sockets = defaultSockets();
    return Transport.unix(first(sockets, Files::isWritable)
        .or(() -> first(sockets, Files::exists))
        .orElse(SYSTEM_SOCKET));
  }

  private List<Path> defaultSockets() {
    List<Path> sockets = new ArrayList<>();
    sockets.add(SYSTEM_SOCKET);
    String runtimeDir = variable("XDG_RUNTIME_DIR");
    if (!runtimeDir.isEmpty()) {
      sockets.add(Path.of(runtimeDir, "docker.sock"));
    }
    sockets.add(DockerConfig.directory(environment).resolve(Path.of("run", "docker.sock")));
    return sockets;
  }

  private String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  private static Optional<Path> first(List<Path> paths, Predicate<Path> condition) {
    return paths.stream().filter(Path::isAbsolute).filter(condition).findFirst();
  }

  private static Transport explained(String source, Supplier<Transport> way) {
    try {
      return way.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(source + ": " + e.getMessage(), e);
    }
  }
}
