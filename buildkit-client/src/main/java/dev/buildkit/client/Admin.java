/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import dev.buildkit.api.ControlGrpc;
import dev.buildkit.api.ControlProto.DiskUsageRequest;
import dev.buildkit.api.ControlProto.ListWorkersRequest;
import dev.buildkit.api.ControlProto.UsageRecord;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Looks after the daemon of one connection: its workers and its cache. */
final class Admin implements AutoCloseable {
  private static final Comparator<UsageInfo> SMALLEST_FIRST =
      Comparator.comparingLong(UsageInfo::sizeBytes).thenComparing(UsageInfo::id);

  private final Connection connection;
  private final Context.CancellableContext open = Context.ROOT.withCancellation();

  Admin(Connection connection) {
    this.connection = connection;
  }

  DaemonInfo info() throws InterruptedException {
    try (Context.CancellableContext context = begin("ask about the daemon")) {
      Context former = context.attach();
      try {
        return connection.info();
      } finally {
        context.detach(former);
      }
    }
  }

  List<WorkerInfo> listWorkers(String... filters) throws InterruptedException {
    ListWorkersRequest request =
        ListWorkersRequest.newBuilder().addAllFilter(List.of(filters)).build();
    return answer(
            "list workers",
            () -> ControlGrpc.newFutureStub(connection.channel()).listWorkers(request))
        .getRecordList()
        .stream()
        .map(AdminMessages::worker)
        .toList();
  }

  List<UsageInfo> diskUsage(Duration ageLimit, String... filters) throws InterruptedException {
    DiskUsageRequest request = DiskUsageRequest.newBuilder()
        .addAllFilter(List.of(filters))
        .setAgeLimit(TimeUnit.NANOSECONDS.convert(ageLimit))
        .build();
    return answer(
            "read the disk usage",
            () -> ControlGrpc.newFutureStub(connection.channel()).diskUsage(request))
        .getRecordList()
        .stream()
        .map(AdminMessages::usage)
        .sorted(SMALLEST_FIRST)
        .toList();
  }

  void prune(PruneOptions options, Consumer<UsageInfo> removed) throws InterruptedException {
    // Closing it ends the call, also when the consumer throws.
    try (Context.CancellableContext call = begin("prune the cache")) {
      Iterator<UsageRecord> records = start(
          call,
          () -> ControlGrpc.newBlockingStub(connection.channel())
              .prune(AdminMessages.prune(options)));
      while (hasNext(records)) {
        removed.accept(AdminMessages.usage(records.next()));
      }
    }
  }

  /** Ends the calls that run. */
  @Override
  public void close() {
    open.cancel(new CancellationException("cancelled by this client"));
  }

  private <T> T answer(String attempted, Supplier<Future<T>> call) throws InterruptedException {
    // Closing it ends the call, also when the thread is interrupted.
    try (Context.CancellableContext context = begin(attempted)) {
      return start(context, call).get();
    } catch (ExecutionException e) {
      throw connection.errors().decode(e, attempted);
    }
  }

  private Context.CancellableContext begin(String attempted) {
    if (open.isCancelled()) {
      throw new IllegalStateException(
          attempted + " of " + connection.address() + ": this client is closed");
    }
    return open.withCancellation();
  }

  private static <T> T start(Context context, Supplier<T> call) {
    Context former = context.attach();
    try {
      return call.get();
    } finally {
      context.detach(former);
    }
  }

  private boolean hasNext(Iterator<?> records) throws InterruptedException {
    try {
      return records.hasNext();
    } catch (StatusRuntimeException e) {
      // This is how the iterator tells of an interrupt.
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw connection.errors().decode(e, "prune the cache");
    }
  }
}
