/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.transport.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonSearchTest {
  private static final String SYSTEM = "unix:///run/buildkit/buildkitd.sock";

  @TempDir
  private Path runtimeDir;

  @Test
  void theVariableDecidesWhereItIsSet() throws IOException {
    Path unused = makeOwnSocket();

    assertThat(places("root", Map.of("BUILDKIT_HOST", "tcp://[::1]:1")))
        .containsExactly("tcp://[::1]:1");
    assertThat(places(
            "me", Map.of("BUILDKIT_HOST", "docker://", "XDG_RUNTIME_DIR", runtimeDir.toString())))
        .containsExactly("docker://");
  }

  @Test
  void anEmptyVariableIsAsNone() {
    assertThat(places("root", Map.of("BUILDKIT_HOST", ""))).containsExactly(SYSTEM, "docker://");
  }

  @Test
  void aWrongVariableIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> places("root", Map.of("BUILDKIT_HOST", "tcp://host")))
        .withMessage(
            "environment variable BUILDKIT_HOST: address 'tcp://host': it has no port; use tcp://host:port");
  }

  @Test
  void usersFindTheirOwnDaemonWhereItRuns() throws IOException {
    Map<String, String> environment = Map.of("XDG_RUNTIME_DIR", runtimeDir + ":/elsewhere");
    assertThat(places("me", environment)).containsExactly(SYSTEM, "docker://");

    Path socket = makeOwnSocket();

    assertThat(places("me", environment)).containsExactly("unix://" + socket, SYSTEM, "docker://");
    assertThat(places("root", environment)).containsExactly(SYSTEM, "docker://");
    assertThat(places("me", Map.of())).containsExactly(SYSTEM, "docker://");
  }

  @Test
  void whereNobodyAnswersEachPlaceIsNamedWithItsReason() {
    assertThatThrownBy(() -> search(Map.of()).connect(Duration.ZERO, DaemonSearchTest::refuse))
        .isInstanceOfSatisfying(BuildKitException.class, e -> {
          assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
          assertThat(e.getSuppressed()).hasSize(1);
        })
        .hasMessage("""
            no BuildKit answers here; start one, or set BUILDKIT_HOST to its address. Tried were:
            - no unix:///run/buildkit/buildkitd.sock
            - no docker://""");
  }

  @Test
  void oneThatIsNamedIsNotSearchedFor() {
    assertThatThrownBy(() -> search(Map.of("BUILDKIT_HOST", "tcp://a:1"))
            .connect(Duration.ZERO, DaemonSearchTest::refuse))
        .isInstanceOf(BuildKitException.class)
        .hasMessage("no tcp://a:1");
  }

  @Test
  void whileNobodyAnswersTheSearchGoesRound() {
    List<String> asked = new ArrayList<>();

    assertThatThrownBy(() -> search(Map.of()).connect(Duration.ofHours(1), place -> {
          asked.add(place.address());
          if (asked.size() == 5) {
            throw new InterruptedException();
          }
          return refuse(place);
        }))
        .isInstanceOf(InterruptedException.class);

    assertThat(asked).containsExactly(SYSTEM, "docker://", SYSTEM, "docker://", SYSTEM);
  }

  private Path makeOwnSocket() throws IOException {
    Path socket = runtimeDir.resolve("buildkit/buildkitd.sock");
    Files.createDirectories(runtimeDir.resolve("buildkit"));
    return Files.createFile(socket);
  }

  private static Connection refuse(Transport place) {
    throw new BuildKitException(ErrorCode.UNAVAILABLE, "no " + place.address(), null);
  }

  private static DaemonSearch search(Map<String, String> environment) {
    return new DaemonSearch(environment, "root");
  }

  private static List<String> places(String user, Map<String, String> environment) {
    return new DaemonSearch(environment, user)
        .places().stream().map(Transport::address).toList();
  }
}
