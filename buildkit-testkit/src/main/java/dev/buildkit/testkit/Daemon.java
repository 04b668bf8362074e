/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.transport.Transport;
import java.time.Duration;

/** The daemon that tests use, or why there is none. JUnit closes it at the end of the run. */
sealed interface Daemon extends AutoCloseable permits Daemon.Missing, NamedDaemon, ContainerDaemon {
  /** How long connecting may take. */
  Duration PATIENCE = Duration.ofSeconds(30);

  /** Returns why tests cannot use this daemon, or an empty text when it answers. */
  default String problem() {
    return "";
  }

  /** Returns the way to the daemon. */
  Transport transport();

  /** Returns a new connected client. */
  default BuildKitClient connect() throws InterruptedException {
    return connect(transport());
  }

  @Override
  default void close() {}

  /** Returns a new client, with patience for daemons and machines that are busy, as those of tests are. */
  static BuildKitClient connect(Transport transport) throws InterruptedException {
    return BuildKitClient.builder(transport).connectTimeout(PATIENCE).build();
  }

  /** Returns a daemon in a container that is started for it. */
  static Daemon inContainer() {
    if (!isOnClassPath("org.testcontainers.DockerClientFactory")) {
      return Missing.notNamed(
          "Testcontainers is not on the class path",
          "add org.testcontainers:testcontainers to the test dependencies");
    }
    return ContainerDaemon.start(BuildkitdContainer::new);
  }

  private static boolean isOnClassPath(String type) {
    try {
      Class.forName(type, false, Daemon.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** No daemon at all. */
  record Missing(String reason) implements Daemon {
    static Missing notNamed(String alsoWrong, String remedy) {
      return new Missing("BUILDKIT_HOST is not set, and " + alsoWrong
          + "; set it to an address such as unix:///run/buildkit/buildkitd.sock, or " + remedy);
    }

    @Override
    public String problem() {
      return "no BuildKit daemon to test with: " + reason;
    }

    @Override
    public Transport transport() {
      throw new IllegalStateException(problem());
    }
  }
}
