/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import dev.buildkit.client.internal.grpc.ConnectFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The life of a child process: what it complains of, and how it ends. */
final class ChildProcess {

  private static final long CLOSE_INPUT_MILLIS = 1_000;
  private static final long TERMINATE_MILLIS = 3_000;

  /** A killed process cannot refuse, but the system may take its time. */
  private static final long KILL_MILLIS = 3_000;

  /** How long a program may take from the end of its output to its own. A busy machine is slow, and the exit code tells more. */
  private static final long LAST_WORD_MILLIS = 10_000;

  /** How often is looked for complaints, so that a process which has many can go on. */
  private static final long LOOK_MILLIS = 100;

  private final Process process;
  private final String command;
  private final StderrTail stderr = new StderrTail();
  private final CountDownLatch gone = new CountDownLatch(1);
  private volatile boolean ending;
  private volatile boolean answered;

  ChildProcess(Process process, List<String> command) {
    this.process = process;
    this.command = String.join(" ", command);
  }

  InputStream stdout() {
    return process.getInputStream();
  }

  OutputStream stdin() {
    return process.getOutputStream();
  }

  /** Notes that something came from the process, so that its end is not one of the attempt to connect. */
  void answered() {
    answered = true;
  }

  /** Lets the process end. */
  void end() {
    ending = true;
  }

  boolean isEnding() {
    return ending;
  }

  /** Stays with the process until it is gone, and sees to that when it should go. An interrupt means so, too. */
  void watch() {
    try {
      while (!ending && !goneWithin(LOOK_MILLIS)) {
        readComplaints();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      terminate();
    } finally {
      readComplaints();
      gone.countDown();
    }
  }

  /** Waits until the process is gone, or at least should be, and returns why. */
  IOException awaitFailure() {
    try {
      if (!gone.await(LAST_WORD_MILLIS, TimeUnit.MILLISECONDS) || process.isAlive()) {
        return new IOException("the command closed its output: " + command);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new IOException("interrupted", e);
    }
    String end = "the command ended with exit code " + process.exitValue()
        + (stderr.isEmpty() ? "" : ": " + stderr);
    return answered
        ? new IOException(end)
        : new ConnectFailure(end + "; run it in a terminal to see what it needs: " + command);
  }

  private void terminate() {
    Patience patience = new Patience();
    if (!patience.isGone(process, CLOSE_INPUT_MILLIS)) {
      List<ProcessHandle> family = process.descendants().toList();
      process.destroy();
      if (!patience.isGone(process, TERMINATE_MILLIS)) {
        family.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        patience.isGone(process, KILL_MILLIS);
      }
    }
    patience.end();
  }

  private boolean goneWithin(long millis) throws InterruptedException {
    return process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  /** Never blocks: a program may leave others behind that keep standard error open. */
  private void readComplaints() {
    try {
      InputStream in = process.getErrorStream();
      for (int size = in.available(); size > 0; size = in.available()) {
        stderr.add(in.readNBytes(size));
      }
    } catch (IOException e) {
      // It is closed.
    }
  }

  /** Waits through interrupts: who interrupts wants an end, which is what is waited for. */
  private static final class Patience {
    private boolean interrupted = Thread.interrupted();

    boolean isGone(Process process, long millis) {
      long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
      while (true) {
        try {
          return process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }

    void end() {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
