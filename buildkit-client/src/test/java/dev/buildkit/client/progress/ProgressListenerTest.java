/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressListenerTest {
  private static final SolveStatus STATUS =
      new SolveStatus(List.of(), List.of(), List.of(), List.of());

  private final List<String> calls = new ArrayList<>();

  @Test
  void allAreCalledInOrder() {
    ProgressListener all = ProgressListener.all(recording("a"), recording("b"));
    all.update(STATUS);
    all.completed();

    assertThat(calls).containsExactly("a update", "b update", "a completed", "b completed");
  }

  @Test
  void allAreCalledEvenIfOneThrows() {
    RuntimeException first = new IllegalStateException("first");
    RuntimeException second = new IllegalStateException("second");
    ProgressListener all =
        ProgressListener.all(throwing(first), throwing(second), throwing(first), recording("c"));

    assertThatThrownBy(() -> all.update(STATUS)).isSameAs(first).hasSuppressedException(second);
    assertThat(calls).containsExactly("c update");
  }

  @Test
  void laterChangesOfTheArrayHaveNoEffect() {
    ProgressListener[] listeners = {recording("a")};
    ProgressListener all = ProgressListener.all(listeners);
    listeners[0] = recording("b");
    all.update(STATUS);

    assertThat(calls).containsExactly("a update");
  }

  @Test
  void lambdaIsNotToldOfTheEnd() {
    ProgressListener lambda = status -> calls.add("update");
    lambda.update(STATUS);
    lambda.completed();

    assertThat(calls).containsExactly("update");
  }

  @Test
  @SuppressWarnings("NullAway") // callers outside may pass it
  void nullListenersAreRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> ProgressListener.all((ProgressListener) null));
  }

  private ProgressListener recording(String name) {
    return new ProgressListener() {
      @Override
      public void update(SolveStatus status) {
        calls.add(name + " update");
      }

      @Override
      public void completed() {
        calls.add(name + " completed");
      }
    };
  }

  private static ProgressListener throwing(RuntimeException exception) {
    return status -> {
      throw exception;
    };
  }
}
