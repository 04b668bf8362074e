/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.transport;

import static java.util.Objects.requireNonNull;

import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A way through a Docker Engine: to the BuildKit inside it, or to a {@code buildkitd} in one of its containers. The engine's own
 * API carries the bytes; no {@code docker} command is needed.
 *
 * <pre>{@code
 * Transport.docker();                                          // docker://
 * Transport.docker().context("colima");                        // docker://?context=colima
 * Transport.docker().engine(Transport.tcp("10.0.0.7", 2375));  // docker://?host=tcp://10.0.0.7:2375
 * Transport.dockerContainer("buildkitd");                      // docker-container://buildkitd
 * }</pre>
 *
 * <p>If nothing else is said, the engine is the one that Docker's own tools would use: that of {@code DOCKER_HOST} (with {@code
 * DOCKER_TLS_VERIFY} and {@code DOCKER_CERT_PATH}), else that of the context which {@code DOCKER_CONTEXT} names, else that of the
 * context which {@code docker context use} chose, else the first of {@code /var/run/docker.sock}, {@code
 * $XDG_RUNTIME_DIR/docker.sock} and {@code ~/.docker/run/docker.sock} that this process may use. This is looked up when a client
 * connects.
 */
public final class DockerTransport implements Transport {
  private final Optional<String> container;
  private final Optional<String> context;
  private final Optional<Transport> engine;

  private DockerTransport(
      Optional<String> container, Optional<String> context, Optional<Transport> engine) {
    this.container = container;
    this.context = context;
    this.engine = engine;
  }

  static DockerTransport embedded() {
    return new DockerTransport(Optional.empty(), Optional.empty(), Optional.empty());
  }

  static DockerTransport container(String name) {
    return new DockerTransport(
        Optional.of(DockerAddress.requireContainer(name)), Optional.empty(), Optional.empty());
  }

  /**
   * Takes the engine of a Docker context, in place of any other.
   *
   * @param name as {@code docker context ls} shows it; {@code default} is the engine of {@code DOCKER_HOST} or of the default
   *     socket
   * @throws IllegalArgumentException if contexts cannot have this name
   */
  public DockerTransport context(String name) {
    return new DockerTransport(
        container, Optional.of(DockerContext.requireName(name)), Optional.empty());
  }

  /**
   * Takes the engine behind a transport, in place of any other.
   *
   * @param engine a way to the engine's API, such as {@code Transport.unix(Path.of("/var/run/docker.sock"))}; with an {@code
   *     ssh://} address, {@code docker system dial-stdio} runs at the other end
   * @throws IllegalArgumentException if the transport itself leads through an engine
   */
  public DockerTransport engine(Transport engine) {
    if (requireNonNull(engine, "engine") instanceof DockerTransport) {
      throw new IllegalArgumentException("engine " + engine.address()
          + ": it leads to a BuildKit; give the way to the engine's own socket or port");
    }
    boolean ssh =
        engine instanceof CommandTransport && engine.address().startsWith(DockerHost.SSH + "://");
    Transport way = ssh ? DockerHost.parse(engine.address()) : engine;
    return new DockerTransport(container, Optional.empty(), Optional.of(way));
  }

  /** Returns the container in which {@code buildkitd} runs; empty for the BuildKit inside the engine. */
  public Optional<String> container() {
    return container;
  }

  /**
   * Returns the way to the engine's API, looking up contexts and the environment now.
   *
   * @throws BuildKitException if a context or a file of Docker's that is needed is missing or wrong; the message names the file
   */
  public Transport engine() {
    return engine(System.getenv());
  }

  /**
   * Returns this transport with its engine looked up, so that its address says where it is.
   *
   * @throws BuildKitException as {@link #engine()} does
   */
  public DockerTransport resolve() {
    return engine(engine());
  }

  Transport engine(Map<String, String> environment) {
    try {
      return engine.orElseGet(() -> new DockerEnvironment(environment).engine(context));
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new BuildKitException(
          ErrorCode.INVALID, "find the Docker Engine of " + address() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public String address() {
    return DockerAddress.of(container, context, engine);
  }

  @Override
  public String authority() {
    return "localhost";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DockerTransport that
        && container.equals(that.container)
        && context.equals(that.context)
        && engine.equals(that.engine);
  }

  @Override
  public int hashCode() {
    return Objects.hash(container, context, engine);
  }

  @Override
  public String toString() {
    return address();
  }
}
