/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.error.SolveException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryRefusalTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      localhost:5000  | failed to push localhost:5000/app:1: unexpected status from HEAD request to https://localhost:5000/v2/app/blobs/sha256:00: 401 Unauthorized
      localhost:5000  | failed to push localhost:5000/app:1: unexpected status from GET request to https://127.0.0.1:5001/token?service=x: 401 Unauthorized: wrong
      localhost:5000  | fetch a token for localhost:5000 from https://127.0.0.1:5001/token: it answers 401 Unauthorized
      ghcr.io         | ghcr.io/a/b:1: failed to resolve source metadata for ghcr.io/a/b:1: failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://ghcr.io/token?scope=x: 403 Forbidden
      docker.io       | docker.io/me/app:latest: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed
      docker.io       | failed to push docker.io/me/app:1: server message: insufficient_scope: authorization failed
      docker.io       | failed to do request: Head https://registry-1.docker.io/v2/me/app/manifests/1: no basic auth credentials
      registry.corp   | failed to push registry.corp/app: failed to authorize: failed to fetch oauth token: unexpected status: 401
      [::1]:5000      | failed to push [::1]:5000/app: no basic auth credentials
      quay.io         | failed to copy: quay.io/a/b@sha256:00ff: authorization failed
      """)
  void theRegistryIsNamedWithTheRemedy(String host, String text) {
    SolveException explained = RegistryRefusal.explain(failure(text).build());

    String login = host.equals("docker.io") ? "docker login" : "docker login " + host;
    assertThat(explained.code()).isEqualTo(ErrorCode.DENIED);
    assertThat(explained)
        .hasMessage("failed to solve: " + text + "\nthe registry " + host
            + " refused the credentials, or got none; check them, log in with '" + login
            + "' and attach RegistryAuth.dockerConfig(), or attach a RegistryAuth with others");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docker-image://ghcr.io/a/b:1",
        "[internal] load metadata for ghcr.io/a/b:1",
      })
  void theVertexMayNameTheRegistry(String vertex) {
    SolveException explained = RegistryRefusal.explain(
        failure("failed to authorize: failed to fetch anonymous token: 401 Unauthorized")
            .vertexName(vertex)
            .build());

    assertThat(explained.notes()).singleElement().asString().startsWith("the registry ghcr.io ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "failed to push ghcr.io/a/b:1: connection refused",
        "https://example.com/file.tar: 401 Unauthorized",
        "dockerfile parse error on line 2: unknown instruction: NONSENSE",
        ""
      })
  void otherFailuresAreLeftAlone(String text) {
    SolveException failure = failure(text).build();

    assertThat(RegistryRefusal.explain(failure)).isSameAs(failure);
  }

  @Test
  void aCommandMaySayWhatItLikes() {
    SolveException failure = failure("process \"echo failed to push ghcr.io/a: 401 Unauthorized\""
            + " did not complete successfully: exit code: 1")
        .exitCode(1)
        .build();

    assertThat(RegistryRefusal.explain(failure)).isSameAs(failure);
  }

  private static SolveException.Builder failure(String text) {
    return SolveException.builder(ErrorCode.FAILED, "failed to solve: " + text);
  }
}
