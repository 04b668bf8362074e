/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import dev.buildkit.client.export.DockerExporter;
import dev.buildkit.client.export.ExportTarget;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.export.LocalExporter;
import dev.buildkit.client.export.OciExporter;
import dev.buildkit.client.export.TarExporter;
import dev.buildkit.client.internal.session.ContentService;
import dev.buildkit.client.internal.session.ContentStore;
import dev.buildkit.client.internal.session.FileSendService;
import dev.buildkit.client.internal.session.FileSyncService;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one solve offers to the daemon: its directories, the receivers of its exports, and what the user attached.
 *
 * <p>Closing it discards exports that were not committed.
 */
final class SessionServices implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SessionServices.class);

  private final ReceivedExports exports;
  private final Optional<Layouts> layouts;
  private final List<ServerServiceDefinition> definitions = new ArrayList<>();
  private final AtomicReference<@Nullable Throwable> sendFailure = new AtomicReference<>();

  /**
   * Collects the services.
   *
   * @param exporters those of the request that take part
   * @param layouts what the daemon may read and write
   * @param executor runs what reads directories and so may block
   * @throws IllegalArgumentException if two attachables serve the same
   */
  SessionServices(
      SolveRequest request, List<Exporter> exporters, Layouts layouts, Executor executor) {
    this.layouts = Optional.of(layouts);
    this.exports = receivers(exporters);
    definitions.add(new HealthService().bindService());
    if (!request.localDirs().isEmpty()) {
      definitions.add(
          new FileSyncService(request.localDirs(), executor, this::failed).definition());
    }
    definitions.add(FileSendService.of(exports));
    attach(request.attachables());
    if (!layouts.stores().isEmpty()) {
      offer(layouts.stores());
    }
  }

  /** Beside stores that the user attached. */
  private void offer(Map<String, ContentStore> stores) {
    ServerServiceDefinition own = ContentService.of(stores);
    for (ServerServiceDefinition attached : List.copyOf(definitions)) {
      if (name(attached).equals(name(own))) {
        definitions.remove(attached);
        own = ContentService.of(stores, attached);
      }
    }
    definitions.add(own);
  }

  private static String name(ServerServiceDefinition definition) {
    return definition.getServiceDescriptor().getName();
  }

  /**
   * Collects the services of a build that reads and writes nothing of the client.
   *
   * @throws IllegalArgumentException if two attachables serve the same
   */
  SessionServices(List<Attachable> attachables) {
    this.layouts = Optional.empty();
    this.exports = receivers(List.of());
    definitions.add(new HealthService().bindService());
    attach(attachables);
  }

  private void attach(List<Attachable> attachables) {
    for (Attachable attachable : attachables) {
      definitions.addAll(attachable.services());
    }
    Set<String> names = requireDistinct();
    for (ServerServiceDefinition anonymous : RegistryAuth.anonymous().services()) {
      if (!names.contains(name(anonymous))) {
        definitions.add(anonymous);
      }
    }
  }

  List<ServerServiceDefinition> definitions() {
    return definitions;
  }

  /** Returns why this side could not do its part; the daemon only repeats the text. */
  Optional<? extends Throwable> failure() {
    Optional<IOException> received = exports.failure().or(() -> layouts.flatMap(Layouts::failure));
    return received.isPresent() ? received : Optional.ofNullable(sendFailure.get());
  }

  /** Puts what was received to its place. */
  void commitExports() throws IOException {
    exports.commitAll();
  }

  @Override
  public void close() {
    exports.discardAll();
    layouts.ifPresent(Layouts::close);
  }

  private void failed(String directory, Throwable cause) {
    LOG.debug("cannot send the local directory {}", directory, cause);
    sendFailure.compareAndSet(null, cause);
  }

  private Set<String> requireDistinct() {
    Set<String> names = new HashSet<>();
    for (ServerServiceDefinition definition : definitions) {
      String name = name(definition);
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
        int exporterId = id;
        oci.target().ifPresent(target -> addBytes(receivers, exporterId, target));
      } else if (exporter instanceof DockerExporter docker) {
        int exporterId = id;
        docker.target().ifPresent(target -> addBytes(receivers, exporterId, target));
      }
    }
    return receivers.build();
  }

  private static void addBytes(ReceivedExports.Builder receivers, int id, ExportTarget target) {
    receivers.addBytes(id, target.toString(), new TargetSink(target));
  }
}
