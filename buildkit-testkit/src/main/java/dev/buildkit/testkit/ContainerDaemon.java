/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import dev.buildkit.client.transport.Transport;
import java.util.function.Supplier;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.TestcontainersConfiguration;

/** A daemon in a container that belongs to this run. Loaded only where Testcontainers is there. */
record ContainerDaemon(BuildkitdContainer container) implements Daemon {
  private static final int LONGEST = 300;

  /** Starts a container if a Docker Engine answers. */
  static Daemon start(Supplier<BuildkitdContainer> containers) {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      return Missing.notNamed("Docker does not answer", "start Docker");
    }
    BuildkitdContainer container = containers.get();
    try {
      container.start();
      return new ContainerDaemon(container);
    } catch (RuntimeException e) {
      // Testcontainers and its client throw many kinds, and all mean the same here.
      container.close();
      return Missing.notNamed(
          "a container does not start (" + reasons(e) + ")", "look into the log of Testcontainers");
    }
  }

  /** Returns what the first and the last of the causes say; what is between them repeats or is long. */
  private static String reasons(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String reason = String.valueOf(root.getMessage());
    String last = reason.substring(0, Math.min(reason.length(), LONGEST));
    return root == failure ? last : failure.getMessage() + ": " + last;
  }

  @Override
  public Transport transport() {
    return container.transport();
  }

  /** Closing a container removes it, also one that is to be there for the next run. */
  @Override
  public void close() {
    if (!isReused()) {
      container.close();
    }
  }

  /** A machine has to allow it, too, and without that Testcontainers starts a new one each time. */
  private boolean isReused() {
    return container.isShouldBeReused()
        && TestcontainersConfiguration.getInstance().environmentSupportsReuse();
  }
}
