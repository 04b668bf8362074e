/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listener that shows the progress of a solve to people.
 *
 * <p>The text is not meant for programs: it follows what BuildKit's own tools print. It is written
 * and flushed in whole pieces, some of them on a thread of the printer, which lives only while
 * there is something to write. A destination that fails never fails a solve: this is logged once,
 * and the rest of that solve is not shown. The destination is not closed.
 *
 * <p>A printer shows one solve at a time, and after its end may show another. Give solves that run
 * at once a printer each. Thread-safe.
 *
 * <pre>{@code
 * SolveRequest request = SolveRequest.definition(definition)
 *     .progress(ProgressPrinter.plain(System.err))
 *     .build();
 * }</pre>
 */
public final class ProgressPrinter implements ProgressListener {
  private static final Logger log = LoggerFactory.getLogger(ProgressPrinter.class);

  private final Supplier<Display> displays;
  private final Sink sink;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private @Nullable DisplaySchedule schedule;
  private @Nullable Thread ticker;
  private boolean broken;

  private ProgressPrinter(Supplier<Display> displays, Sink sink) {
    this.displays = displays;
    this.sink = sink;
  }

  /**
   * Returns a printer that writes lines as {@code buildctl build --progress=plain} does: those of
   * one step at a time, under a number, and at the end the last output of each step that failed.
   *
   * @param out takes UTF-8 text, and the output of commands byte for byte
   */
  public static ProgressPrinter plain(OutputStream out) {
    return new ProgressPrinter(PlainDisplay::new, Sink.of(requireNonNull(out, "out")));
  }

  /**
   * Returns a printer that writes the same lines as {@link #plain(OutputStream)}.
   *
   * @param out takes the text, with U+FFFD in the place of output that is not UTF-8
   */
  public static ProgressPrinter plain(Writer out) {
    return new ProgressPrinter(PlainDisplay::new, Sink.of(requireNonNull(out, "out")));
  }

  @Override
  public void update(SolveStatus status) {
    requireNonNull(status, "status");
    lock.lock();
    try {
      if (schedule == null) {
        schedule = new DisplaySchedule(displays.get());
        broken = false;
      }
      write(schedule.update(status, System.nanoTime()));
      if (schedule.ticking() && ticker == null) {
        ticker = startTicker();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void completed() {
    @Nullable Thread last;
    lock.lock();
    try {
      if (schedule != null) {
        write(schedule.finish(System.nanoTime()));
        schedule = null;
      }
      ended.signalAll();
      last = ticker;
    } finally {
      lock.unlock();
    }
    if (last != null) {
      awaitEnd(last);
    }
  }

  private Thread startTicker() {
    Thread thread = new Thread(this::tick, "buildkit-progress");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void tick() {
    lock.lock();
    try {
      while (schedule != null && schedule.ticking()) {
        long pause = schedule.nextTick() - System.nanoTime();
        if (pause > 0) {
          ended.awaitNanos(pause);
        } else {
          write(schedule.tick(System.nanoTime()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ticker = null;
      lock.unlock();
    }
  }

  private void write(byte[] text) {
    if (broken || text.length == 0) {
      return;
    }
    try {
      sink.write(text);
    } catch (IOException | RuntimeException e) {
      broken = true;
      log.warn("the progress of a solve cannot be written, and is shown no more", e);
    }
  }

  private static void awaitEnd(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
