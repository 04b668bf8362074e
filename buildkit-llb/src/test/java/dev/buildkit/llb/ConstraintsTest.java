/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.api.OpsProto;
import dev.buildkit.api.OpsProto.OpMetadata;
import java.util.List;
import java.util.Map;
import nl.jqno.equalsverifier.EqualsVerifier;
import org.junit.jupiter.api.Test;

class ConstraintsTest {
  private static OpMetadata metadata(Constraints constraints) {
    return first(ImageCases.image("alpine", constraints).marshal());
  }

  private static OpMetadata first(Definition definition) {
    OpsProto.Definition message = definition.toProto();
    return message.getMetadataOrThrow(
        Digest.sha256(message.getDef(0).toByteArray()).toString());
  }

  @Test
  void theLastValueOfEachKindCounts() {
    OpMetadata metadata = metadata(Constraints.none()
        .customName("a")
        .customName("b")
        .description(Map.of("k", "1"))
        .exportCache(true)
        .exportCache(false)
        .progressGroup("g", "one")
        .weakProgressGroup("g", "two"));

    assertThat(metadata.getDescriptionMap())
        .containsOnly(Map.entry("llb.customname", "b"), Map.entry("k", "1"));
    assertThat(metadata.getExportCache().getValue()).isFalse();
    assertThat(metadata.getProgressGroup().getName()).isEqualTo("two");
    assertThat(metadata.getProgressGroup().getWeak()).isTrue();
  }

  @Test
  void limitsAndGroupOfAnOperationReplaceThoseOfTheGraph() {
    Constraints graph = Constraints.none()
        .progressGroup("g", "graph")
        .linuxResources(LinuxResources.none().memoryBytes(1).cpuShares(2));
    Constraints own = Constraints.none()
        .weakProgressGroup("o", "own")
        .linuxResources(LinuxResources.none().cpuShares(3));

    OpMetadata metadata =
        first(State.scratch().run(Exec.args("x").constraints(own)).marshal(graph));

    assertThat(metadata.getLinuxResources())
        .isEqualTo(LinuxResources.none().cpuShares(3).toProto());
    assertThat(metadata.getProgressGroup().getName()).isEqualTo("own");
  }

  @Test
  void whatMarshalIsGivenComesOnTopOfTheDefaults() {
    State state = State.scratch()
        .run(Exec.args("x"))
        .marshalDefaults(Constraints.none().customName("a").exportCache(true).caps(List.of()));

    OpMetadata metadata = first(state.marshal(Constraints.none()
        .customName("b")
        .exportCache(false)
        .caps(List.of("exec.meta.setsdefaultpath"))));

    assertThat(metadata.getDescriptionMap()).containsOnly(Map.entry("llb.customname", "b"));
    assertThat(metadata.getExportCache().getValue()).isFalse();
    assertThat(metadata.getCapsMap()).containsKey("exec.meta.setsdefaultpath");
  }

  @Test
  void limitsArePositive() {
    LinuxResources none = LinuxResources.none();

    assertRefused(
        () -> none.memoryBytes(0),
        "memoryBytes must be positive, but was: 0; leave it out for no limit");
    assertRefused(
        () -> none.memorySwapBytes(-2),
        "memorySwapBytes must be positive or -1, but was: -2; use -1 for no limit");
    assertRefused(
        () -> none.cpuShares(-1),
        "cpuShares must be positive, but was: -1; leave it out for no limit");
    assertRefused(
        () -> none.cpuPeriodMicros(0),
        "cpuPeriodMicros must be positive, but was: 0; leave it out for no limit");
    assertRefused(
        () -> none.cpuQuotaMicros(0),
        "cpuQuotaMicros must be positive or -1, but was: 0; use -1 for no limit");
  }

  @Test
  void theTextListsWhatIsSet() {
    assertThat(Constraints.none()).hasToString("Constraints[]");
    assertThat(Cases.on(Platform.LINUX_ARM64).require("a==b").ignoreCache())
        .hasToString("Constraints[platform=linux/arm64, require=[a==b], ignore_cache=true]");
    assertThat(LinuxResources.none().memoryBytes(5).cpusetCpus("0"))
        .hasToString("LinuxResources[memory: 5, cpusetCpus: \"0\"]");
  }

  @Test
  void limitsAreEqualIfAllAre() {
    EqualsVerifier.forClass(LinuxResources.class)
        .withPrefabValues(
            dev.buildkit.api.OpsProto.LinuxResources.class,
            LinuxResources.none().memoryBytes(1).toProto(),
            LinuxResources.none().toProto())
        .withNonnullFields("message")
        .verify();
  }
}
