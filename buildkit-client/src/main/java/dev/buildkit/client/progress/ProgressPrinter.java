/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.util.Map;
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
  private final Pace pace;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private @Nullable DisplaySchedule schedule;
  private @Nullable Thread ticker;
  private boolean broken;

  private ProgressPrinter(Supplier<Display> displays, Sink sink, Pace pace) {
    this.displays = displays;
    this.sink = sink;
    this.pace = pace;
  }

  /**
   * Returns a printer in the form that suits the stream: as {@link #of(String, OutputStream)} does
   * for the mode {@code auto}.
   *
   * @throws IllegalArgumentException if {@code BUILDKIT_PROGRESS} names an unknown mode
   * @throws IllegalStateException if it asks for a terminal, and there is none
   */
  public static ProgressPrinter auto(OutputStream out) {
    return of("auto", out);
  }

  /**
   * Returns a printer of the form that a user chose, with the modes of {@code buildctl}.
   *
   * <ul>
   *   <li>{@code auto}: the mode that the environment variable {@code BUILDKIT_PROGRESS} names; else
   *       {@code tty} if the stream is a terminal, and {@code plain} if not
   *   <li>{@code tty}: {@link #terminal}
   *   <li>{@code plain}: {@link #plain}
   *   <li>{@code quiet}: {@link #quiet}
   *   <li>{@code rawjson}: {@link #rawJson}
   * </ul>
   *
   * <p>A stream is known to be a terminal if it is {@link System#err} or {@link System#out}, or a
   * {@link java.io.FileOutputStream} on one of their descriptors, if that leads to a terminal, and
   * if the environment variable {@code TERM} is set to other than {@code dumb}. A program that has
   * put a stream of its own in the place of {@code System.err} should name a mode.
   *
   * @throws IllegalArgumentException if there is no such mode
   * @throws IllegalStateException if the mode is {@code tty}, and the stream is no terminal
   */
  public static ProgressPrinter of(String mode, OutputStream out) {
    return of(mode, out, TerminalSize.ofProcess());
  }

  /**
   * Returns a printer as {@link #of(String, OutputStream)} does, for a program that knows the size
   * of its terminal.
   *
   * @param size asked before each drawing on a terminal, on any thread, one at a time
   * @throws IllegalArgumentException if there is no such mode
   * @throws IllegalStateException if the mode is {@code tty}, and the stream is no terminal
   */
  public static ProgressPrinter of(String mode, OutputStream out, Supplier<TerminalSize> size) {
    requireNonNull(mode, "mode");
    requireNonNull(out, "out");
    requireNonNull(size, "size");
    Map<String, String> environment = System.getenv();
    return ProgressMode.of(mode, environment).printer(out, size, environment);
  }

  /**
   * Returns a printer that draws on a terminal as {@code buildctl build --progress=tty} does: a line
   * for each step, and the last output of those that run, all kept up to date.
   *
   * <p>The size is that of the terminal that the process belongs to, see {@link
   * TerminalSize#ofProcess()}. The environment variables {@code NO_COLOR}, {@code BUILDKIT_COLORS},
   * {@code BUILDKIT_TTY_LOG_LINES} and {@code TTY_DISPLAY_RATE} change how it looks.
   *
   * @param out a terminal; this is not checked
   */
  public static ProgressPrinter terminal(OutputStream out) {
    return terminal(out, TerminalSize.ofProcess());
  }

  /**
   * Returns a printer that draws as {@link #terminal(OutputStream)} does.
   *
   * @param out a terminal; this is not checked
   * @param size asked before each drawing, on any thread, one at a time
   */
  public static ProgressPrinter terminal(OutputStream out, Supplier<TerminalSize> size) {
    requireNonNull(size, "size");
    TerminalStyle style = TerminalStyle.of(System.getenv());
    return new ProgressPrinter(
        () -> new TerminalDisplay(size, style),
        Sink.of(requireNonNull(out, "out")),
        Pace.of(System.getenv()));
  }

  /**
   * Returns a printer that writes lines as {@code buildctl build --progress=plain} does: those of
   * one step at a time, under a number, and at the end the last output of each step that failed.
   *
   * <p>The environment variables {@code PROGRESS_NO_TRUNC} and {@code TTY_DISPLAY_RATE} change it.
   *
   * @param out takes UTF-8 text, and the output of commands byte for byte
   */
  public static ProgressPrinter plain(OutputStream out) {
    return new ProgressPrinter(
        () -> PlainDisplay.of(System.getenv()),
        Sink.of(requireNonNull(out, "out")),
        Pace.of(System.getenv()));
  }

  /**
   * Returns a printer that writes the same lines as {@link #plain(OutputStream)}.
   *
   * @param out takes the text, with U+FFFD in the place of output that is not UTF-8
   */
  public static ProgressPrinter plain(Writer out) {
    return new ProgressPrinter(
        () -> PlainDisplay.of(System.getenv()),
        Sink.of(requireNonNull(out, "out")),
        Pace.of(System.getenv()));
  }

  /**
   * Returns a printer that writes each report as a line of JSON, at once, as {@code buildctl build
   * --progress=rawjson} and {@code --trace} do. This form is meant for programs.
   *
   * @param out takes UTF-8 text
   */
  public static ProgressPrinter rawJson(OutputStream out) {
    return new ProgressPrinter(
        RawJsonDisplay::new, Sink.of(requireNonNull(out, "out")), Pace.IMMEDIATE);
  }

  /** Returns a printer that writes nothing. */
  public static ProgressPrinter quiet() {
    return new ProgressPrinter(QuietDisplay::new, text -> {}, Pace.STEADY);
  }

  /**
   * Returns a printer that writes the warnings of a solve once more at its end, with their details
   * and the lines that they are about. BuildKit's own tools show only the first line of each.
   *
   * <p>This is for printers that write text: {@link #plain} and {@link #terminal}.
   */
  public ProgressPrinter explainWarnings() {
    return new ProgressPrinter(() -> new ExplainedWarnings(displays.get()), sink, pace);
  }

  @Override
  public void update(SolveStatus status) {
    requireNonNull(status, "status");
    lock.lock();
    try {
      if (schedule == null) {
        schedule = new DisplaySchedule(displays.get(), pace);
        broken = false;
      }
      DisplaySchedule current = schedule;
      write(() -> current.update(status, System.nanoTime()));
      if (ticking() && ticker == null) {
        ticker = startTicker();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void completed() {
    @Nullable Thread drawing;
    lock.lock();
    try {
      if (schedule != null) {
        DisplaySchedule last = schedule;
        write(() -> last.finish(System.nanoTime()));
        schedule = null;
      }
      ended.signalAll();
      drawing = ticker;
    } finally {
      lock.unlock();
    }
    if (drawing != null) {
      awaitEnd(drawing);
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
      while (ticking()) {
        DisplaySchedule current = requireNonNull(schedule);
        long pause = current.nextTick() - System.nanoTime();
        if (pause > 0) {
          ended.awaitNanos(pause);
        } else {
          write(() -> current.tick(System.nanoTime()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ticker = null;
      lock.unlock();
    }
  }

  private boolean ticking() {
    return schedule != null && !broken && schedule.ticking();
  }

  private void write(Supplier<byte[]> drawing) {
    if (broken) {
      return;
    }
    try {
      byte[] text = drawing.get();
      if (text.length > 0) {
        sink.write(text);
      }
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
