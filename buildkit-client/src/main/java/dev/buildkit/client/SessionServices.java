/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import dev.buildkit.client.export.DockerExporter;
import dev.buildkit.client.export.ExportTarget;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.export.LocalExporter;
import dev.buildkit.client.export.OciExporter;
import dev.buildkit.client.export.TarExporter;
import dev.buildkit.client.internal.session.FileSendService;
import dev.buildkit.client.internal.session.HealthService;
import dev.buildkit.client.internal.session.ReceivedExports;
import dev.buildkit.client.session.Attachable;
import dev.buildkit.client.session.RegistryAuth;
import dev.buildkit.client.solve.SolveRequest;
import io.grpc.ServerServiceDefinition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one solve offers to the daemon: its directories, the receivers of its exports, and what the user attached.
 *
 * <p>Closing it discards exports that were not committed.
 */
final class SessionServices implements AutoCloseable {
  private final ReceivedExports exports;
  private final List<ServerServiceDefinition> definitions = new ArrayList<>();

  /**
   * Collects the services.
   *
   * @throws IllegalArgumentException if two attachables serve the same
   */
  SessionServices(SolveRequest request) {
    this.exports = receivers(request.exporters());
    definitions.add(new HealthService().bindService());
    if (!request.localDirs().isEmpty()) {
      throw new IllegalStateException();
    }
    definitions.add(FileSendService.of(exports));
    for (Attachable attachable : request.attachables()) {
      definitions.addAll(attachable.services());
    }
    Set<String> names = requireDistinct();
    for (ServerServiceDefinition anonymous : RegistryAuth.anonymous().services()) {
      if (!names.contains(anonymous.getServiceDescriptor().getName())) {
        definitions.add(anonymous);
      }
    }
  }

  List<ServerServiceDefinition> definitions() {
    return definitions;
  }

  /** Returns why this side could not do its part; the daemon only repeats the text. */
  Optional<IOException> failure() {
    return exports.failure();
  }

  /** Puts what was received to its place. */
  void commitExports() throws IOException {
    exports.commitAll();
  }

  @Override
  public void close() {
    exports.discardAll();
  }

  private Set<String> requireDistinct() {
    Set<String> names = new HashSet<>();
    for (ServerServiceDefinition definition : definitions) {
      String name = definition.getServiceDescriptor().getName();
      if (!names.add(name)) {
        throw new IllegalArgumentException(
            "solve: two attachables serve " + name + "; put all into one, such as one Secrets");
      }
    }
    return names;
  }

  private static ReceivedExports receivers(List<Exporter> exporters) {
    ReceivedExports.Builder receivers = ReceivedExports.builder();
    for (int id = 0; id < exporters.size(); id++) {
      Exporter exporter = exporters.get(id);
      if (exporter instanceof LocalExporter local) {
        receivers.addDirectory(id, local.directory(), local.mode() == LocalExporter.Mode.DELETE);
      } else if (exporter instanceof TarExporter tar) {
        addBytes(receivers, id, tar.target());
      } else if (exporter instanceof OciExporter oci) {
        addBytes(receivers, id, oci.target().orElseThrow());
      } else if (exporter instanceof DockerExporter docker) {
        addBytes(receivers, id, docker.target().orElseThrow());
      }
    }
    return receivers.build();
  }

  private static void addBytes(ReceivedExports.Builder receivers, int id, ExportTarget target) {
    receivers.addBytes(id, target.toString(), new TargetSink(target));
  }
}
