/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import com.github.dockerjava.api.command.CreateContainerCmd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A {@link BuildkitdContainer} for tests that run in another process: on the host's network, since their servers are on the loopback
 * interface, where its own port is, too.
 */
final class ContainerOnHostNetwork {
  private static final String ANYWHERE = "tcp://0.0.0.0:1234";

  /**
   * Takes a directory for the client's TLS files and the address of a registry that mirrors docker.io. Prints the daemon's address
   * when it listens, and removes the container when standard input ends.
   */
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    String registry = args[1];
    int port = freePort();
    String address = "tcp://127.0.0.1:" + port;
    try (BuildkitdContainer buildkitd = new BuildkitdContainer()) {
      buildkitd.setExposedPorts(List.of());
      buildkitd
          .withConfig("insecure-entitlements = [\"network.host\", \"security.insecure\"]\n")
          .withRegistryMirror("docker.io", registry)
          .withInsecureRegistry(registry)
          .withCreateContainerCmdModifier(container -> listen(container, address))
          .waitingFor(new BuildkitdRuns(port))
          .start();
      buildkitd.writeTlsFiles(directory);
      // The certificate has this name, and else that of wherever the engine publishes ports.
      System.out.println("tcp://localhost:" + port);
      var unused = System.in.readAllBytes();
    }
  }

  private static void listen(CreateContainerCmd container, String address) {
    Objects.requireNonNull(container.getHostConfig()).withNetworkMode("host");
    container.withCmd(Arrays.stream(Objects.requireNonNull(container.getCmd()))
        .map(argument -> argument.equals(ANYWHERE) ? address : argument)
        .toList());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private ContainerOnHostNetwork() {}
}
