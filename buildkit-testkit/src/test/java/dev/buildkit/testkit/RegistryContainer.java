/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import com.github.dockerjava.api.DockerClient;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** A registry in a container, over plain HTTP, next to the daemon's container. */
final class RegistryContainer extends GenericContainer<RegistryContainer> {
  private static final int PORT = 5000;

  RegistryContainer() {
    super("registry:2");
    withExposedPorts(PORT);
    waitingFor(Wait.forHttp("/v2/"));
  }

  /** Returns where other containers reach it; not by a name, which the default network does not know. */
  String addressForContainers() {
    return getContainerInfo()
            .getNetworkSettings()
            .getNetworks()
            .values()
            .iterator()
            .next()
            .getIpAddress()
        + ":" + PORT;
  }

  /** Gives it an image that Docker can pull, under the same name. */
  void mirror(String repository, String tag) throws InterruptedException {
    DockerClient docker = DockerClientFactory.lazyClient();
    docker.pullImageCmd(repository).withTag(tag).start().awaitCompletion(1, TimeUnit.MINUTES);
    // For the engine, to which every port of the loopback interface is a registry that needs no
    // TLS.
    String copy = "localhost:" + getMappedPort(PORT) + "/library/" + repository;
    docker.tagImageCmd(repository + ":" + tag, copy, tag).exec();
    try {
      docker.pushImageCmd(copy).withTag(tag).start().awaitCompletion(1, TimeUnit.MINUTES);
    } finally {
      docker.removeImageCmd(copy + ":" + tag).exec();
    }
  }
}
