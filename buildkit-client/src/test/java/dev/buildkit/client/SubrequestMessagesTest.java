/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.buildkit.api.ControlProto;
import dev.buildkit.api.GatewayProto;
import dev.buildkit.api.GatewayProto.Ref;
import dev.buildkit.api.GatewayProto.RefMap;
import dev.buildkit.api.GatewayProto.Result;
import dev.buildkit.client.solve.CacheOptions;
import dev.buildkit.client.solve.Entitlement;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.SourcePolicy;
import dev.buildkit.client.solve.Subrequest;
import dev.buildkit.client.solve.SubrequestResult;
import dev.buildkit.llb.Definition;
import dev.buildkit.llb.State;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubrequestMessagesTest {
  private static final Definition BUSYBOX = State.image("busybox").marshal();

  @Test
  void theFrontendGetsItsOptionsAndTheQuestion() {
    GatewayProto.SolveRequest message = message(SolveRequest.frontend("dockerfile.v0")
        .frontendAttr("target", "app")
        .frontendAttr("requestid", "another")
        .frontendInput("context", BUSYBOX));

    assertThat(message.getFrontend()).isEqualTo("dockerfile.v0");
    assertThat(message.getFrontendOptMap())
        .isEqualTo(Map.of(
            "target",
            "app",
            "requestid",
            "frontend.outline",
            "frontend.caps",
            "moby.buildkit.frontend.subrequests",
            "image-resolve-mode",
            "local"));
    assertThat(message.getFrontendInputsMap()).isEqualTo(Map.of("context", BUSYBOX.toProto()));
    assertThat(message.getAllowResultReturn()).isTrue();
    assertThat(message.getAllowResultArrayRef()).isTrue();
  }

  @Test
  void whatTheRequestSaysGoesBeforeDefaults() {
    GatewayProto.SolveRequest message = message(SolveRequest.frontend("gateway.v0")
        .frontendAttr("image-resolve-mode", "pull")
        .frontendAttr("frontend.caps", "mine"));

    assertThat(message.getFrontendOptMap())
        .containsEntry("image-resolve-mode", "pull")
        .containsEntry("frontend.caps", "mine");
  }

  @Test
  void theBuildAroundItHasNoResult() {
    SolveRequest request = SolveRequest.frontend("dockerfile.v0")
        .frontendAttr("attest:sbom", "")
        .importCache(CacheOptions.of("inline"))
        .allow(Entitlement.NETWORK_HOST)
        .sourcePolicy(SourcePolicy.empty().deny("*"))
        .proxyNetwork()
        .build();

    ControlProto.SolveRequest message = SolveMessage.ofGateway(request, "ref", "session");

    assertThat(message.getRef()).isEqualTo("ref");
    assertThat(message.getSession()).isEqualTo("session");
    assertThat(message.getFrontend()).isEmpty();
    assertThat(message.getFrontendAttrsMap()).isEmpty();
    assertThat(message.hasDefinition()).isFalse();
    assertThat(message.hasCache()).isTrue();
    assertThat(message.getCache().getImportsList()).isEmpty();
    assertThat(message.getInternal()).isTrue();
    assertThat(message.getEntitlementsList()).containsExactly("network.host");
    assertThat(message.getSourcePolicy().getRulesCount()).isEqualTo(1);
    assertThat(message.getProxyNetwork()).isTrue();
  }

  @Test
  void theAnswerIsTheMetadata() {
    SubrequestResult answer = SubrequestMessages.result(response(Result.newBuilder()
            .putMetadata("result.txt", ByteString.copyFromUtf8("é\n"))
            .putMetadata("version", ByteString.copyFromUtf8("1"))))
        .orElseThrow();

    assertThat(answer.names()).containsExactly("result.txt", "version");
    assertThat(answer.text()).hasValue("é\n");
    assertThat(answer.bytes("result.txt")).hasValue("é\n".getBytes(UTF_8));
    assertThat(answer.json()).isEmpty();
    assertThat(answer).hasToString("SubrequestResult[result.txt, version]");
  }

  @Test
  void anAnswerMayBeEmpty() {
    assertThat(SubrequestMessages.result(
            response(Result.newBuilder().setRef(Ref.getDefaultInstance()))))
        .hasValueSatisfying(answer -> assertThat(answer.names()).isEmpty());
  }

  @Test
  void whoBuildsDoesNotAnswer() {
    Ref ref = Ref.newBuilder().setId("id").build();

    assertThat(SubrequestMessages.result(response(Result.newBuilder()
            .setRef(ref)
            .putMetadata("containerimage.config", ByteString.EMPTY))))
        .isEmpty();
    assertThat(SubrequestMessages.result(
            response(Result.newBuilder().setRefs(RefMap.newBuilder().putRefs("linux/arm64", ref)))))
        .isEmpty();
    assertThat(SubrequestMessages.result(response(Result.newBuilder().setRefDeprecated("id"))))
        .isEmpty();
    assertThat(SubrequestMessages.result(
            GatewayProto.SolveResponse.newBuilder().setRef("id").build()))
        .isEmpty();
  }

  @Test
  void valuesDoNotChange() {
    byte[] bytes = {1};
    SubrequestResult answer = SubrequestResult.of(Map.of("result.x", bytes));
    bytes[0] = 2;
    answer.bytes("result.x").orElseThrow()[0] = 3;

    assertThat(answer.bytes("result.x")).hasValue(new byte[] {1});
  }

  @Test
  void aSubrequestHasAName() {
    assertThatThrownBy(() -> Subrequest.of(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("subrequest must not be blank; use one such as frontend.outline");
  }

  private static GatewayProto.SolveRequest message(SolveRequest.Builder request) {
    return SubrequestMessages.request(
        Subrequest.OUTLINE, request.build(), Map.of("image-resolve-mode", "local"));
  }

  private static GatewayProto.SolveResponse response(Result.Builder result) {
    return GatewayProto.SolveResponse.newBuilder().setResult(result).build();
  }
}
