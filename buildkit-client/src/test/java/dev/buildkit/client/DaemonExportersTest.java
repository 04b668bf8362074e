/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.api.ControlProto;
import dev.buildkit.api.WorkerProto.WorkerRecord;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.export.Exporter;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DaemonExportersTest {
  private static final OutputStream STREAM = OutputStream.nullOutputStream();

  /** What {@code ListWorkers} answers in a buildkitd, in engines 28 and 28 with containerd's store, and in 20.10. */
  private static final WorkerRecord BUILDKITD = worker("o190", "executor", "snapshotter");

  private static final WorkerRecord GRAPH_DRIVER = worker("9b0c", "moby.host-gateway-ip");
  private static final WorkerRecord CONTAINERD =
      worker("sh2d", "executor", "snapshotter", "moby.host-gateway-ip");
  private static final WorkerRecord OLD_ENGINE = worker("moby");

  @Test
  void workersTellWhatTheyArePartOf() {
    assertThat(EngineStore.of(List.of(BUILDKITD), false)).isEqualTo(EngineStore.NONE);
    assertThat(EngineStore.of(List.of(GRAPH_DRIVER), false)).isEqualTo(EngineStore.GRAPH_DRIVER);
    assertThat(EngineStore.of(List.of(CONTAINERD), false)).isEqualTo(EngineStore.CONTAINERD);
    assertThat(EngineStore.of(List.of(OLD_ENGINE), false)).isEqualTo(EngineStore.GRAPH_DRIVER);
  }

  @Test
  void anEngineWithoutANetworkIsKnownByItsDoor() {
    assertThat(EngineStore.of(List.of(worker("a1")), true)).isEqualTo(EngineStore.GRAPH_DRIVER);
    assertThat(EngineStore.of(List.of(worker("a1", "snapshotter")), true))
        .isEqualTo(EngineStore.CONTAINERD);
  }

  @ParameterizedTest
  @EnumSource(names = {"CONTAINERD", "GRAPH_DRIVER"})
  void imagesGoThroughTheExporterOfTheEngine(EngineStore store) {
    assertThat(types(store, Exporter.docker().addName("a"), Exporter.image("b")))
        .containsExactly("moby", "moby");
    assertThat(new DaemonExporters("docker://", store)
            .of(List.of(Exporter.docker().addName("a:1").addName("b:1")))
            .get(0)
            .getAttrsMap())
        .isEqualTo(Map.of("name", "a:1,b:1"));
  }

  @Test
  void whatGoesToFilesStaysAsItIs() {
    assertThat(types(EngineStore.GRAPH_DRIVER, Exporter.tar(STREAM))).containsExactly("tar");
    assertThat(types(EngineStore.CONTAINERD, Exporter.oci(STREAM), Exporter.docker(STREAM)))
        .containsExactly("oci", "docker");
    assertThat(types(EngineStore.NONE, Exporter.image("b").push(), Exporter.docker(STREAM)))
        .containsExactly("image", "docker");
    assertThat(types(EngineStore.CONTAINERD, Exporter.image("b").push())).containsExactly("moby");
  }

  @Test
  void onlyImagesMakeTheStoreMatter() {
    assertThat(DaemonExporters.matterFor(List.of(Exporter.tar(STREAM)))).isFalse();
    assertThat(DaemonExporters.matterFor(List.of(Exporter.tar(STREAM), Exporter.image("a"))))
        .isTrue();
  }

  @Test
  void whatADaemonCannotDoIsSaidWithAWayOut() {
    assertRefused(
        EngineStore.NONE,
        Exporter.docker(),
        "Exporter.docker() without a target is for the image store of a Docker Engine, and this daemon is a buildkitd by"
            + " itself; give it a target, such as DockerImageStore.here()");
    assertRefused(
        EngineStore.GRAPH_DRIVER,
        Exporter.oci(STREAM),
        "an engine with graph drivers has no exporter oci for archives; use Exporter.docker() without a target to get the image"
            + " into its store, or use a buildkitd, or an engine with containerd's image store");
    assertRefused(
        EngineStore.GRAPH_DRIVER,
        Exporter.image("a").push(),
        "an engine with graph drivers does not push what it builds; leave push() out and run docker push, or use a buildkitd,"
            + " or an engine with containerd's image store");
  }

  private static void assertRefused(EngineStore store, Exporter exporter, String problem) {
    assertThatThrownBy(() -> types(store, exporter))
        .isInstanceOfSatisfying(
            BuildKitException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
        .hasMessage("solve on docker://: " + problem);
  }

  private static List<String> types(EngineStore store, Exporter... exporters) {
    return new DaemonExporters("docker://", store)
        .of(List.of(exporters)).stream().map(ControlProto.Exporter::getType).toList();
  }

  private static WorkerRecord worker(String id, String... labels) {
    WorkerRecord.Builder worker = WorkerRecord.newBuilder().setID(id);
    for (String label : labels) {
      worker.putLabels("org.mobyproject.buildkit.worker." + label, "x");
    }
    return worker.build();
  }
}
