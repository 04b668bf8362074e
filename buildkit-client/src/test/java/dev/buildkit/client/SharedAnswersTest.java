/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SharedAnswersTest {
  private final List<CompletableFuture<String>> calls = new CopyOnWriteArrayList<>();
  private final SharedAnswers<String, String> answers = new SharedAnswers<>(question -> {
    CompletableFuture<String> call = new CompletableFuture<>();
    calls.add(call);
    return call;
  });

  @Test
  void anAnswerIsKept() throws Exception {
    Asker first = new Asker("q");
    await().until(() -> calls.size() == 1);
    calls.get(0).complete("a");

    assertThat(first.answer()).isEqualTo("a");
    assertThat(answers.get("q")).isEqualTo("a");
    assertThat(calls).hasSize(1);
  }

  @Test
  void otherQuestionsAreAsked() throws Exception {
    Asker one = new Asker("one");
    Asker two = new Asker("two");
    await().until(() -> calls.size() == 2);
    calls.forEach(call -> call.complete("a"));

    assertThat(one.answer() + two.answer()).isEqualTo("aa");
  }

  @Test
  void thoseWhoAskAtATimeShareACall() throws Exception {
    Asker first = new Asker("q");
    Asker second = new Asker("q");
    first.awaitWaiting();
    second.awaitWaiting();
    calls.get(0).complete("a");

    assertThat(first.answer() + second.answer()).isEqualTo("aa");
    assertThat(calls).hasSize(1);
  }

  @Test
  void aFailureIsToldToAllWhoWaitAndNotKept() throws Exception {
    Asker first = new Asker("q");
    Asker second = new Asker("q");
    first.awaitWaiting();
    second.awaitWaiting();
    IllegalStateException failure = new IllegalStateException("no");
    calls.get(0).completeExceptionally(failure);

    assertThatThrownBy(first::answer).hasRootCause(failure);
    assertThatThrownBy(second::answer).hasRootCause(failure);
    Asker third = new Asker("q");
    await().until(() -> calls.size() == 2);
    calls.get(1).complete("a");
    assertThat(third.answer()).isEqualTo("a");
  }

  @Test
  void anInterruptedAskerLeavesTheCallToOthers() throws Exception {
    Asker first = new Asker("q");
    Asker second = new Asker("q");
    first.awaitWaiting();
    second.awaitWaiting();

    first.thread.interrupt();
    assertThatThrownBy(first::answer).hasCauseInstanceOf(InterruptedException.class);
    assertThat(calls.get(0)).isNotDone();

    calls.get(0).complete("a");
    assertThat(second.answer()).isEqualTo("a");
  }

  @Test
  void aCallThatNobodyWaitsForIsCancelled() throws Exception {
    Asker first = new Asker("q");
    first.awaitWaiting();

    first.thread.interrupt();
    assertThatThrownBy(first::answer).hasCauseInstanceOf(InterruptedException.class);

    assertThat(calls.get(0)).isCancelled();
    Asker second = new Asker("q");
    await().until(() -> calls.size() == 2);
    calls.get(1).complete("a");
    assertThat(second.answer()).isEqualTo("a");
  }

  @Test
  void aQuestionThatCannotBeAskedLeavesNothing() {
    SharedAnswers<String, String> closed = new SharedAnswers<>(question -> {
      throw new IllegalStateException("closed");
    });

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> closed.get("q")).hasMessage("closed");
    }
  }

  /** A thread that asks one question. */
  private final class Asker {
    private final FutureTask<String> task;
    private final Thread thread;

    Asker(String question) {
      task = new FutureTask<>(() -> answers.get(question));
      thread = new Thread(task);
      thread.start();
    }

    void awaitWaiting() {
      await().until(() -> thread.getState() == Thread.State.WAITING);
    }

    String answer() throws ExecutionException, InterruptedException {
      return task.get();
    }
  }
}
