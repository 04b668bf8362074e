/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.api.ControlProto;
import dev.buildkit.api.PolicyProto;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.solve.CacheOptions;
import dev.buildkit.client.solve.Entitlement;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.SourcePolicy;
import dev.buildkit.llb.Definition;
import dev.buildkit.llb.State;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SolveMessageTest {
  private static final Definition BUSYBOX = State.image("busybox").marshal();

  @Test
  void carriesTheGraph() {
    ControlProto.SolveRequest message = message(SolveRequest.definition(BUSYBOX));

    assertThat(message.getDefinition()).isEqualTo(BUSYBOX.toProto());
    assertThat(message.getFrontend()).isEmpty();
    assertThat(message.getRef()).isEqualTo("ref");
    assertThat(message.getSession()).isEqualTo("session");
  }

  @Test
  void carriesTheFrontendWithOptionsAndInputs() {
    ControlProto.SolveRequest message = message(SolveRequest.frontend("dockerfile.v0")
        .frontendAttr("target", "app")
        .frontendInput("context", BUSYBOX)
        .allow(Entitlement.NETWORK_HOST)
        .allow(Entitlement.device("vendor/class=x"))
        .internal());

    assertThat(message.hasDefinition()).isFalse();
    assertThat(message.getFrontend()).isEqualTo("dockerfile.v0");
    assertThat(message.getFrontendAttrsMap()).isEqualTo(Map.of("target", "app"));
    assertThat(message.getFrontendInputsMap()).isEqualTo(Map.of("context", BUSYBOX.toProto()));
    assertThat(message.getEntitlementsList())
        .containsExactly("network.host", "device=vendor/class=x");
    assertThat(message.getInternal()).isTrue();
  }

  @Test
  void carriesTheSourcePolicy() {
    ControlProto.SolveRequest message = message(SolveRequest.definition(BUSYBOX)
        .proxyNetwork()
        .sourcePolicy(SourcePolicy.empty()
            .deny("docker-image://*")
            .convert("docker-image://a", "docker-image://b")
            .addRule(new SourcePolicy.Rule(
                SourcePolicy.Action.ALLOW,
                new SourcePolicy.Selector(
                    "git://.*",
                    SourcePolicy.MatchType.REGEX,
                    List.of(new SourcePolicy.Constraint(
                        "git.checksum", "a.*", SourcePolicy.Condition.MATCHES))),
                Optional.empty()))));

    assertThat(message.getProxyNetwork()).isTrue();
    assertThat(message.getSourcePolicy())
        .isEqualTo(PolicyProto.Policy.newBuilder()
            .setVersion(1)
            .addRules(PolicyProto.Rule.newBuilder()
                .setAction(PolicyProto.PolicyAction.DENY)
                .setSelector(PolicyProto.Selector.newBuilder().setIdentifier("docker-image://*")))
            .addRules(PolicyProto.Rule.newBuilder()
                .setAction(PolicyProto.PolicyAction.CONVERT)
                .setSelector(PolicyProto.Selector.newBuilder().setIdentifier("docker-image://a"))
                .setUpdates(PolicyProto.Update.newBuilder().setIdentifier("docker-image://b")))
            .addRules(PolicyProto.Rule.newBuilder()
                .setSelector(PolicyProto.Selector.newBuilder()
                    .setIdentifier("git://.*")
                    .setMatchType(PolicyProto.MatchType.REGEX)
                    .addConstraints(PolicyProto.AttrConstraint.newBuilder()
                        .setKey("git.checksum")
                        .setValue("a.*")
                        .setCondition(PolicyProto.AttrMatch.MATCHES))))
            .build());
  }

  @Test
  void withoutAPolicyThereIsNone() {
    assertThat(message(SolveRequest.definition(BUSYBOX)).hasSourcePolicy()).isFalse();
  }

  @Test
  void firstExporterIsRepeatedForOldDaemons() {
    ControlProto.SolveRequest message = message(SolveRequest.definition(BUSYBOX)
        .export(Exporter.tar(new ByteArrayOutputStream()).attr("key", "value"))
        .export(Exporter.image("example.com/app:1")));

    assertThat(message.getExportersList())
        .extracting(ControlProto.Exporter::getType)
        .containsExactly("tar", "image");
    assertThat(message.getExporterDeprecated()).isEqualTo("tar");
    assertThat(message.getExporterAttrsDeprecatedMap()).isEqualTo(Map.of("key", "value"));
  }

  @Test
  void cacheIsPresentEvenWhenEmpty() {
    assertThat(message(SolveRequest.definition(BUSYBOX)).hasCache()).isTrue();
  }

  @Test
  void frontendLearnsOfCacheImports() {
    CacheOptions cache = CacheOptions.registry("example.com/cache");
    ControlProto.SolveRequest message = message(SolveRequest.frontend("dockerfile.v0")
        .importCache(cache)
        .exportCache(cache.attr("mode", "max")));

    assertThat(message.getFrontendAttrsOrThrow("cache-imports"))
        .isEqualTo("[{\"Type\":\"registry\",\"Attrs\":{\"ref\":\"example.com/cache\"}}]");
    assertThat(message.getCache().getImports(0).getAttrsMap())
        .isEqualTo(Map.of("ref", "example.com/cache"));
    assertThat(message.getCache().getExports(0).getAttrsMap())
        .isEqualTo(Map.of("ref", "example.com/cache", "mode", "max"));
  }

  @Test
  void theRequestGoesBeforeTheDefaultsOfFrontends() {
    Map<String, String> defaults = Map.of("a", "default", "b", "default");

    assertThat(message(SolveRequest.frontend("dockerfile.v0").frontendAttr("a", "own"), defaults)
            .getFrontendAttrsMap())
        .isEqualTo(Map.of("a", "own", "b", "default"));
    assertThat(message(SolveRequest.definition(BUSYBOX), defaults).getFrontendAttrsMap())
        .isEmpty();
  }

  private static ControlProto.SolveRequest message(SolveRequest.Builder request) {
    return message(request, Map.of());
  }

  private static ControlProto.SolveRequest message(
      SolveRequest.Builder request, Map<String, String> frontendDefaults) {
    SolveRequest built = request.build();
    DaemonExporters daemon = new DaemonExporters("unix:///x", EngineStore.NONE);
    return SolveMessage.of(
        built,
        built.cacheImports(),
        frontendDefaults,
        daemon.of(built.exporters()),
        "ref",
        "session");
  }
}
