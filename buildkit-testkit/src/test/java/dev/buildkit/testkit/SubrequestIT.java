/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.progress.Vertex;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.Subrequest;
import dev.buildkit.client.solve.SubrequestResult;
import dev.buildkit.llb.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Dockerfile frontend answers questions about a build without building it. */
@IntegrationTest
@Requires(Capability.SUBREQUESTS)
class SubrequestIT {
  /** The command would fail; the casing of one line is odd. */
  private static final String DOCKERFILE = """
      ARG VERSION=1
      # tools has the tools
      FROM scratch AS tools
      FROM tools AS app
      # VERSION is the one that is built
      ARG VERSION
      run --mount=type=secret,id=token,required=true --mount=type=ssh false
      COPY missing /
      """;

  @TempDir
  private Path directory;

  @Test
  void theFrontendTellsWhatItCanBeAsked(BuildKitClient client) throws Exception {
    SubrequestResult answer = ask(client, Subrequest.DESCRIBE);

    assertThat(json(answer).findValuesAsText("name"))
        .contains(Subrequest.DESCRIBE.id(), Subrequest.OUTLINE.id(), Subrequest.TARGETS.id());
    assertThat(answer.text("version")).hasValue("1.0.0");
  }

  @Test
  void theOutlineIsThatOfTheTarget(BuildKitClient client) throws Exception {
    JsonNode app = json(ask(client, Subrequest.OUTLINE));

    assertThat(app.path("name").asText()).isEqualTo("app");
    assertThat(app.at("/args/0/name").asText()).isEqualTo("VERSION");
    assertThat(app.at("/args/0/description").asText()).isEqualTo("is the one that is built");
    assertThat(app.at("/args/0/value").asText()).isEqualTo("2");
    assertThat(app.at("/secrets/0/name").asText()).isEqualTo("token");
    assertThat(app.at("/ssh/0/name").asText()).isEqualTo("default");

    SolveRequest tools = request().frontendAttr("target", "tools").build();
    assertThat(json(client.subrequest(Subrequest.OUTLINE, tools)).path("name").asText())
        .isEqualTo("tools");
  }

  @Test
  void theTargetsAreToldToPeopleAndPrograms(BuildKitClient client) throws Exception {
    SubrequestResult answer = ask(client, Subrequest.TARGETS);

    assertThat(json(answer).at("/targets").findValuesAsText("name"))
        .containsExactly("tools", "app");
    assertThat(answer.text().orElseThrow()).contains("app (default)", "has the tools");
    assertThat(answer.names()).contains("result.json", "result.txt", "version");
    assertThat(new String(answer.bytes("result.txt").orElseThrow(), UTF_8))
        .isEqualTo(answer.text().orElseThrow());
    assertThat(answer.text("result.nonsense")).isEmpty();
  }

  @Test
  void theLinterTellsWhatIsOddAndWhere(BuildKitClient client) throws Exception {
    SubrequestResult answer = ask(client, Subrequest.LINT);

    JsonNode warning = json(answer).at("/warnings/0");
    assertThat(warning.path("ruleName").asText()).isEqualTo("ConsistentInstructionCasing");
    assertThat(warning.at("/location/ranges/0/start/line").asInt()).isEqualTo(7);
    assertThat(answer.text("result.statuscode")).hasValue("1");
  }

  @Test
  @Requires(Capability.CONVERT_LLB)
  void theGraphIsTold(BuildKitClient client) throws Exception {
    assertThat(ask(client, Subrequest.CONVERT_LLB).json().orElseThrow())
        .contains("\"/missing\"", "local://context");
  }

  @Test
  void anUnknownQuestionIsNamed(BuildKitClient client) {
    SolveException failure = catchThrowableOfType(
        SolveException.class, () -> ask(client, Subrequest.of("frontend.nonsense")));

    assertThat(failure)
        .hasMessageStartingWith("failed to solve: unsupported request frontend.nonsense");
    assertThat(failure.details())
        .anyMatch(detail -> detail.type().endsWith("errdefs.Subrequest+json"));
  }

  @Test
  void aMistakeInTheDockerfileIsTold(BuildKitClient client) throws Exception {
    SolveRequest mistake =
        Builds.dockerfile("FROM scratch\nNONSENSE x\n", directory).build();

    assertThatThrownBy(() -> client.subrequest(Subrequest.OUTLINE, mistake))
        .isInstanceOf(SolveException.class)
        .hasMessage(
            "failed to solve: dockerfile parse error on line 2: unknown instruction: NONSENSE");
    assertThat(json(client.subrequest(Subrequest.LINT, mistake))
            .at("/buildError/location/ranges/0/start/line")
            .asInt())
        .isEqualTo(2);
  }

  @Test
  void aFileThatTheClientLacksIsNamed(BuildKitClient client) {
    SolveRequest without =
        SolveRequest.frontend("dockerfile.v0").localDir("context", directory).build();

    assertThatThrownBy(() -> client.subrequest(Subrequest.TARGETS, without))
        .isInstanceOf(SolveException.class)
        .hasMessageContaining("no access allowed to dir \"dockerfile\"");
  }

  @Test
  void whoFollowsTheBuildFollowsTheQuestion(BuildKitClient client) throws Exception {
    List<String> steps = new ArrayList<>();
    SolveRequest followed = request()
        .progress(status -> status.vertexes().stream().map(Vertex::name).forEach(steps::add))
        .build();

    assertThat(client.subrequestAsync(Subrequest.TARGETS, followed).get().json())
        .isPresent();

    assertThat(steps).contains("[internal] load build definition from Dockerfile");
  }

  @Test
  void nothingIsExported(BuildKitClient client) throws Exception {
    Path image = directory.resolve("image.tar");
    SolveRequest exported = request()
        .export(Exporter.oci(image))
        .export(Exporter.local(directory.resolve("out")))
        .build();

    assertThat(client.subrequest(Subrequest.TARGETS, exported).json()).isPresent();

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aGraphHasNoFrontendToAsk(BuildKitClient client) {
    SolveRequest graph =
        SolveRequest.definition(State.image("busybox").marshal()).build();

    assertThatThrownBy(() -> client.subrequest(Subrequest.OUTLINE, graph))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("frontend.outline of SolveRequest[")
        .hasMessageEndingWith(": a graph has no frontend to ask; name one");
  }

  private SolveRequest.Builder request() {
    return Builds.dockerfile(DOCKERFILE, directory).frontendAttr("build-arg:VERSION", "2");
  }

  private SubrequestResult ask(BuildKitClient client, Subrequest subrequest)
      throws InterruptedException {
    return client.subrequest(subrequest, request().build());
  }

  private static JsonNode json(SubrequestResult answer) throws Exception {
    Optional<String> json = answer.json();
    return new ObjectMapper().readTree(json.orElseThrow());
  }
}
