/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import dev.buildkit.api.ControlGrpc;
import dev.buildkit.api.ControlProto;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.export.LocalExporter;
import dev.buildkit.client.export.TarExporter;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * The export of one directory of a result, by the attribute {@code src}. A daemon before BuildKit 0.34 ignores the attribute and
 * exports everything, in mode {@code delete} over all that is in the destination, and no capability says whether it does.
 */
final class PartialExport {
  private static final String ATTRIBUTE = "src";
  private static final String REFUSED_WHERE_KNOWN = "empty value for " + ATTRIBUTE;
  private static final String NO_EXPORTER = "buildkit-java-no-exporter";

  private PartialExport() {}

  /** Returns the directory that the first such exporter wants. */
  static Optional<String> wanted(List<Exporter> exporters) {
    return exporters.stream()
        .filter(exporter -> exporter instanceof LocalExporter || exporter instanceof TarExporter)
        .flatMap(exporter -> Optional.ofNullable(exporter.attrs().get(ATTRIBUTE)).stream())
        .findFirst();
  }

  /**
   * Asks the daemon for a solve that every daemon refuses before it begins: those that know the attribute because it is empty, all
   * others because of an exporter that nobody has.
   *
   * @throws ExecutionException if the daemon answers something else
   */
  static boolean isKnown(ManagedChannel channel, Deadline deadline)
      throws ExecutionException, InterruptedException {
    Future<ControlProto.SolveResponse> answer =
        ControlGrpc.newFutureStub(channel).withDeadline(deadline).solve(question());
    try {
      var unused = answer.get();
      return false;
    } catch (ExecutionException e) {
      String reason = reason(e);
      if (reason.contains(REFUSED_WHERE_KNOWN)) {
        return true;
      }
      if (reason.contains(NO_EXPORTER)) {
        return false;
      }
      throw e;
    } finally {
      answer.cancel(true);
    }
  }

  private static ControlProto.SolveRequest question() {
    return ControlProto.SolveRequest.newBuilder()
        .setRef(Identity.random())
        .setInternal(true)
        .setCache(ControlProto.CacheOptions.getDefaultInstance())
        .addExporters(ControlProto.Exporter.newBuilder().setType("local").putAttrs(ATTRIBUTE, ""))
        .addExporters(ControlProto.Exporter.newBuilder().setType(NO_EXPORTER))
        // All that daemons before 0.13 read.
        .setExporterDeprecated(NO_EXPORTER)
        .build();
  }

  private static String reason(ExecutionException failure) {
    return failure.getCause() instanceof StatusRuntimeException status
            && status.getStatus().getCode() == Status.Code.UNKNOWN
        ? String.valueOf(status.getStatus().getDescription())
        : "";
  }
}
