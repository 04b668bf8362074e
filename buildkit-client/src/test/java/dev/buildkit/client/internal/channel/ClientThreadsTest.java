/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ClientThreadsTest {
  @Test
  void threadsAreNamedAndKeepNoProcessAlive() {
    try (ClientThreads threads = new ClientThreads()) {
      assertThat(threadOf(threads.io())).satisfies(thread -> {
        assertThat(thread.getName()).isEqualTo("buildkit-io-1");
        assertThat(thread.isDaemon()).isTrue();
      });
      assertThat(threadOf(threads.workers())).satisfies(thread -> {
        assertThat(thread.getName()).isEqualTo("buildkit-worker-1");
        assertThat(thread.isDaemon()).isTrue();
      });
    }
  }

  @Test
  void noThreadStartsBeforeItIsNeeded() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (ClientThreads threads = new ClientThreads()) {
      assertThat(threads.workers()).isNotNull();
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> !before.contains(thread))
          .noneMatch(thread -> thread.getName().startsWith("buildkit-"));
    }
  }

  @Test
  void workersDoNotWaitForEachOther() throws Exception {
    int count = 20;
    CountDownLatch all = new CountDownLatch(count);
    try (ClientThreads threads = new ClientThreads()) {
      for (int i = 0; i < count; i++) {
        threads.workers().execute(() -> meet(all));
      }
      all.await();
    }
  }

  @Test
  void closingEndsEveryThread() {
    ClientThreads threads = new ClientThreads();
    Thread io = threadOf(threads.io());
    Set<Thread> workers = ConcurrentHashMap.newKeySet();
    CountDownLatch started = new CountDownLatch(5);
    for (int i = 0; i < 5; i++) {
      threads.workers().execute(() -> {
        workers.add(Thread.currentThread());
        meet(started);
        meet(new CountDownLatch(2));
      });
    }
    meet(started);

    threads.close();

    assertThat(io.isAlive()).isFalse();
    assertThat(workers).hasSize(5).noneMatch(Thread::isAlive);
    threads.close();
  }

  @Test
  void anInterruptDoesNotCutTheCloseShort() {
    ClientThreads threads = new ClientThreads();
    Thread io = threadOf(threads.io());

    Thread.currentThread().interrupt();
    threads.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(io.isAlive()).isFalse();
  }

  @Test
  void itsOwnThreadsMustNotClose() {
    try (ClientThreads threads = new ClientThreads()) {
      assertThatThrownBy(CompletableFuture.runAsync(threads::close, threads.workers())::join)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("close a client: its own thread buildkit-worker-1 cannot wait for itself;"
              + " close it from another thread");
      assertThatIllegalStateException().isThrownBy(() -> closeOn(threads, threads.io()));
    }
  }

  private static void closeOn(ClientThreads threads, Executor executor) throws Throwable {
    CompletableFuture<Void> close = CompletableFuture.runAsync(threads::close, executor);
    throw close.handle((ignored, failure) -> failure.getCause()).join();
  }

  private static Thread threadOf(Executor executor) {
    return CompletableFuture.supplyAsync(Thread::currentThread, executor).join();
  }

  private static void meet(CountDownLatch latch) {
    latch.countDown();
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
