/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import dev.buildkit.api.ControlProto;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.export.ContainerImageExporter;
import dev.buildkit.client.export.DockerExporter;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.export.ImageExporter;
import dev.buildkit.client.export.OciExporter;
import java.util.List;

/** The exporters of a request as one daemon knows them: Docker Engines have one of their own for their image store. */
record DaemonExporters(String address, EngineStore store) {
  private static final String ENGINE_EXPORTER = "moby";

  private static final String OTHERWISE =
      "use a buildkitd, or an engine with containerd's image store";

  /** Returns whether it matters for a request where the daemon keeps images. */
  static boolean matterFor(List<Exporter> exporters) {
    return exporters.stream().anyMatch(ContainerImageExporter.class::isInstance);
  }

  /**
   * Returns the wire form of exporters, in their order.
   *
   * @throws BuildKitException if the daemon has no such exporter, or would take it for another one
   */
  List<ControlProto.Exporter> of(List<Exporter> exporters) {
    return exporters.stream().map(this::of).toList();
  }

  private ControlProto.Exporter of(Exporter exporter) {
    if (exporter instanceof DockerExporter docker) {
      return docker.target().isPresent() || docker.layout().isPresent()
          ? archive(docker)
          : stored(docker);
    }
    if (exporter instanceof OciExporter oci) {
      return archive(oci);
    }
    return exporter instanceof ImageExporter image
        ? image(image)
        : message(exporter.type(), exporter);
  }

  private ControlProto.Exporter stored(DockerExporter exporter) {
    if (store == EngineStore.NONE) {
      throw refusal(
          "Exporter.docker() without a target is for the image store of a Docker Engine, and this daemon is a buildkitd by"
              + " itself; give it a target, such as DockerImageStore.here()");
    }
    return message(ENGINE_EXPORTER, exporter);
  }

  private ControlProto.Exporter image(ImageExporter exporter) {
    if (store == EngineStore.NONE) {
      return message(exporter.type(), exporter);
    }
    if (store == EngineStore.GRAPH_DRIVER && exporter.isPushed()) {
      throw refusal(
          "an engine with graph drivers does not push what it builds; leave push() out and run docker push, or "
              + OTHERWISE);
    }
    return message(ENGINE_EXPORTER, exporter);
  }

  private ControlProto.Exporter archive(Exporter exporter) {
    if (store == EngineStore.GRAPH_DRIVER) {
      throw refusal("an engine with graph drivers has no exporter " + exporter.type()
          + " for archives; use Exporter.docker() without a target to get the image into its store, or "
          + OTHERWISE);
    }
    return message(exporter.type(), exporter);
  }

  private BuildKitException refusal(String problem) {
    return new BuildKitException(
        ErrorCode.UNSUPPORTED, "solve on " + address + ": " + problem, null);
  }

  private static ControlProto.Exporter message(String type, Exporter exporter) {
    return ControlProto.Exporter.newBuilder()
        .setType(type)
        .putAllAttrs(exporter.attrs())
        .build();
  }
}
