/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.api.OpsProto.OpMetadata;
import java.util.Map;
import nl.jqno.equalsverifier.EqualsVerifier;
import org.junit.jupiter.api.Test;

class ConstraintsTest {
  private static OpMetadata metadata(Constraints constraints) {
    var definition = ImageCases.image("alpine", constraints).marshal().toProto();
    String digest = Digest.sha256(definition.getDef(0).toByteArray()).toString();
    return definition.getMetadataOrThrow(digest);
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
  void limitsOfAnOperationReplaceThoseOfTheGraph() {
    Constraints graph =
        Constraints.none().linuxResources(LinuxResources.none().memoryBytes(1).cpuShares(2));
    Constraints own = Constraints.none().linuxResources(LinuxResources.none().cpuShares(3));
    var definition =
        State.scratch().run(Exec.args("x").constraints(own)).marshal(graph).toProto();
    String digest = Digest.sha256(definition.getDef(0).toByteArray()).toString();

    assertThat(definition.getMetadataOrThrow(digest).getLinuxResources())
        .isEqualTo(LinuxResources.none().cpuShares(3).toProto());
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
