/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/**
 * Asks each question once: those who ask the same at a time share the call, and those who ask later get its answer. A failure is
 * not kept. A call that nobody waits for any more is cancelled.
 */
final class SharedAnswers<Q, A> {
  private final Function<Q, CompletableFuture<A>> ask;
  private final Object lock = new Object();
  private final Map<Q, Call<A>> calls = new HashMap<>();

  SharedAnswers(Function<Q, CompletableFuture<A>> ask) {
    this.ask = ask;
  }

  private static final class Call<A> {
    private final CompletableFuture<A> answer;
    private int waiting;

    Call(CompletableFuture<A> answer) {
      this.answer = answer;
    }
  }

  /** Returns the answer. An interrupt ends the waiting of this thread alone. */
  A get(Q question) throws ExecutionException, InterruptedException {
    Call<A> call = join(question);
    try {
      return call.answer.get();
    } finally {
      leave(question, call);
    }
  }

  private Call<A> join(Q question) {
    synchronized (lock) {
      Call<A> call = calls.get(question);
      if (call == null || call.answer.isCompletedExceptionally()) {
        call = new Call<>(ask.apply(question));
        calls.put(question, call);
      }
      call.waiting++;
      return call;
    }
  }

  private void leave(Q question, Call<A> call) {
    synchronized (lock) {
      call.waiting--;
      boolean abandoned = call.waiting == 0 && !call.answer.isDone();
      if (abandoned || call.answer.isCompletedExceptionally()) {
        calls.remove(question, call);
      }
      if (abandoned) {
        call.answer.cancel(true);
      }
    }
  }
}
