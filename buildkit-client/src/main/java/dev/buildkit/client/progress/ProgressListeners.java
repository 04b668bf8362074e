/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Several listeners as one. */
final class ProgressListeners implements ProgressListener {
  private final List<ProgressListener> listeners;

  ProgressListeners(List<ProgressListener> listeners) {
    this.listeners = listeners;
  }

  @Override
  public void update(SolveStatus status) {
    callEach(listener -> listener.update(status));
  }

  @Override
  public void completed() {
    callEach(ProgressListener::completed);
  }

  private void callEach(Consumer<ProgressListener> call) {
    @Nullable RuntimeException failure = null;
    for (ProgressListener listener : listeners) {
      try {
        call.accept(listener);
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else if (failure != e) {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
