/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultAddressTest {
  private static final String SYSTEM = "unix:///run/buildkit/buildkitd.sock";

  @TempDir
  private Path runtimeDir;

  @Test
  void theVariableDecidesWhereItIsSet() throws IOException {
    makeOwnSocket();

    assertThat(address("root", Map.of("BUILDKIT_HOST", "tcp://[::1]:1")))
        .isEqualTo("tcp://[::1]:1");
    assertThat(address(
            "me", Map.of("BUILDKIT_HOST", "tcp://a:1", "XDG_RUNTIME_DIR", runtimeDir.toString())))
        .isEqualTo("tcp://a:1");
  }

  @Test
  void anEmptyVariableIsAsNone() {
    assertThat(address("root", Map.of("BUILDKIT_HOST", ""))).isEqualTo(SYSTEM);
  }

  @Test
  void aWrongVariableIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> address("root", Map.of("BUILDKIT_HOST", "tcp://host")))
        .withMessage(
            "environment variable BUILDKIT_HOST: address 'tcp://host': it has no port; use tcp://host:port");
  }

  @Test
  void usersFindTheirOwnDaemonWhereItRuns() throws IOException {
    Map<String, String> environment = Map.of("XDG_RUNTIME_DIR", runtimeDir + ":/elsewhere");
    assertThat(address("me", environment)).isEqualTo(SYSTEM);

    Path socket = makeOwnSocket();

    assertThat(address("me", environment)).isEqualTo("unix://" + socket);
    assertThat(address("root", environment)).isEqualTo(SYSTEM);
    assertThat(address("me", Map.of())).isEqualTo(SYSTEM);
  }

  @Test
  void theEnvironmentOfThisProcessNamesADaemon() {
    assertThat(Transport.fromEnvironment().address()).contains("://");
  }

  private Path makeOwnSocket() throws IOException {
    Path socket = runtimeDir.resolve("buildkit/buildkitd.sock");
    Files.createDirectories(runtimeDir.resolve("buildkit"));
    return Files.createFile(socket);
  }

  private static String address(String user, Map<String, String> environment) {
    return new DefaultAddress(environment, user).transport().address();
  }
}
