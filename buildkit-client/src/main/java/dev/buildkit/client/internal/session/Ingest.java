/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A blob on its way into an OCI layout: a temporary file beside the blobs, which becomes one of them when it is complete and has the
 * right digest. Until then closing it removes what came.
 */
final class Ingest implements Channel {
  private final OciLayout layout;
  private final BlobDigest digest;
  private final Runnable atEnd;
  private final Path partial;
  private final FileChannel file;
  // The end of the call comes from another thread.
  private final Object turn = new Object();
  private long size;
  private boolean open = true;

  /**
   * Begins with an empty file.
   *
   * @param expected the digest, if it is known already
   * @param atEnd runs once, when this is closed
   */
  Ingest(OciLayout layout, String expected, Runnable atEnd) throws IOException {
    this.layout = layout;
    this.digest = BlobDigest.like(expected);
    this.atEnd = atEnd;
    this.partial = layout.hiddenFile();
    this.file = FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Returns how many bytes have come. */
  long size() {
    synchronized (turn) {
      return size;
    }
  }

  /** Returns the digest of the bytes that have come. */
  String digest() {
    synchronized (turn) {
      return digest.current();
    }
  }

  /**
   * Adds bytes.
   *
   * @param offset where they belong: behind what has come, or 0 to begin anew
   */
  void write(long offset, ByteString bytes) throws IOException {
    synchronized (turn) {
      if (offset != 0 && offset != size) {
        throw Status.OUT_OF_RANGE
            .withDescription("write at " + offset + ": " + size + " bytes have come")
            .asRuntimeException();
      }
      if (offset == 0) {
        beginAnew();
      }
      for (ByteBuffer piece : bytes.asReadOnlyByteBufferList()) {
        add(piece);
      }
    }
  }

  private void beginAnew() throws IOException {
    var unused = file.truncate(0).position(0);
    digest.reset();
    size = 0;
  }

  private void add(ByteBuffer piece) throws IOException {
    digest.update(piece.duplicate());
    size += piece.remaining();
    while (piece.hasRemaining()) {
      var unused = file.write(piece);
    }
  }

  /**
   * Makes the file a blob of the layout.
   *
   * @param total its size; 0 if the daemon does not say
   * @param expected its digest; empty if the daemon does not say
   */
  void commit(long total, String expected) throws IOException {
    synchronized (turn) {
      String actual = digest.current();
      if (total != 0 && total != size) {
        throw wrong("size " + size, Long.toString(total));
      }
      if (!expected.isEmpty() && !expected.equals(actual)) {
        throw wrong("digest " + actual, expected);
      }
      if (layout.has(actual)) {
        throw alreadyThere(actual);
      }
      file.close();
      Files.move(partial, layout.placeOf(actual), StandardCopyOption.ATOMIC_MOVE);
      end();
    }
  }

  static StatusRuntimeException alreadyThere(String digest) {
    return Status.ALREADY_EXISTS.withDescription("content " + digest).asRuntimeException();
  }

  private static StatusRuntimeException wrong(String actual, String expected) {
    return Status.FAILED_PRECONDITION
        .withDescription("unexpected commit " + actual + ", expected " + expected)
        .asRuntimeException();
  }

  @Override
  public boolean isOpen() {
    synchronized (turn) {
      return open;
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (turn) {
      if (open) {
        end();
        file.close();
        Files.deleteIfExists(partial);
      }
    }
  }

  private void end() {
    open = false;
    atEnd.run();
  }
}
