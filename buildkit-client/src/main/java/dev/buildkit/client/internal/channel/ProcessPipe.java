/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The standard input and output of a child process. Three threads serve it: one reads, one writes, and one watches over its end.
 */
final class ProcessPipe implements BytePipe {

  private static final int CHUNK_BYTES = 64 << 10;

  /** How many chunks may wait to be taken. */
  private static final int PREFETCH = 16;

  /** How much may wait to be written: one batch, while the next is made. */
  private static final int WAITING_BYTES = 2 * PipeBatch.MAX_BYTES;

  /** In the queue, the end of what is written. */
  private static final byte[] END = {};

  private final ChildProcess child;
  private final Executor workers;
  private final BlockingQueue<byte[]> outgoing = new LinkedBlockingQueue<>();
  private final AtomicInteger waitingBytes = new AtomicInteger();
  private final Semaphore allowance = new Semaphore(PREFETCH);
  private volatile boolean writerWaits;
  private volatile @Nullable Receiver receiver;

  private ProcessPipe(ChildProcess child, Executor workers) {
    this.child = child;
    this.workers = workers;
  }

  /** Takes over a process that has just been started, which ends at the latest when the executor does. */
  static ProcessPipe of(Process process, List<String> command, Executor workers) {
    ChildProcess child = new ChildProcess(process, command);
    ProcessPipe pipe = new ProcessPipe(child, workers);
    workers.execute(child::watch);
    workers.execute(pipe::writeAll);
    return pipe;
  }

  @Override
  public void start(Receiver receiver) {
    this.receiver = receiver;
    workers.execute(() -> readAll(receiver));
  }

  @Override
  public boolean isWritable() {
    // Said before it is looked, so that the writer cannot miss it in between.
    writerWaits = true;
    boolean writable = waitingBytes.get() < WAITING_BYTES;
    writerWaits = !writable;
    return writable;
  }

  @Override
  public void write(OutgoingBytes bytes) throws IOException {
    ByteArrayOutputStream copy = new ByteArrayOutputStream(bytes.length());
    bytes.writeTo(copy);
    waitingBytes.addAndGet(copy.size());
    outgoing.add(copy.toByteArray());
  }

  @Override
  public void request(int chunks) {
    allowance.release(chunks);
  }

  @Override
  public void close() {
    child.end();
    outgoing.add(END);
    // What still comes is read and dropped, for a process that cannot write may not end.
    allowance.release(Short.MAX_VALUE);
  }

  private void readAll(Receiver to) {
    try (InputStream in = child.stdout()) {
      byte[] chunk = new byte[CHUNK_BYTES];
      allowance.acquire();
      for (int size = in.read(chunk); size >= 0; size = in.read(chunk)) {
        if (!child.isEnding()) {
          child.answered();
          to.received(new IncomingBytes(size, new ByteArrayInputStream(chunk, 0, size)));
          allowance.acquire();
        }
      }
    } catch (IOException e) {
      // The end of the process tells more.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!child.isEnding()) {
      to.failed(child.awaitFailure());
    }
  }

  private void writeAll() {
    try (OutputStream out = child.stdin()) {
      for (byte[] bytes = outgoing.take(); bytes != END; bytes = outgoing.take()) {
        out.write(bytes);
        out.flush();
        if (waitingBytes.addAndGet(-bytes.length) < WAITING_BYTES && writerWaits) {
          tellWritable();
        }
      }
    } catch (IOException e) {
      // The process reads no more. The reader sees its end.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tellWritable() {
    Receiver waiting = receiver;
    writerWaits = false;
    if (waiting != null) {
      waiting.writable();
    }
  }
}
