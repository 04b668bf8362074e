/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.client.file.FileEntry;
import dev.buildkit.client.file.FilePath;
import dev.buildkit.client.file.FileTree;
import dev.buildkit.client.internal.fsutil.Packet;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from a tree but not yet received is somewhere in memory, and so must have a limit. */
class FileSyncMemoryTest {
  private static final int LANES = 4;
  private static final long CHUNK_BYTES = 256 * 1024;
  private static final long WINDOW_BYTES = 1024 * 1024;

  /** A chunk in each lane, what the transport takes before it is full, and what the connection holds. */
  private static final long LIMIT_BYTES = (LANES + 2) * CHUNK_BYTES + 2 * WINDOW_BYTES;

  private final ExecutorService executor = Executors.newFixedThreadPool(2);
  private final AtomicLong bytesRead = new AtomicLong();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();

  @AfterEach
  void shutDown() {
    executor.shutdownNow();
  }

  private FakeReceiver receive(FileTree tree) throws IOException {
    FileSyncService service = new FileSyncService(
        Map.of("", tree), executor, (directory, cause) -> cause.printStackTrace());
    return new FakeReceiver(service.definition(), "DiffCopy", new Metadata());
  }

  /** A channel that counts. */
  private final class CountingChannel implements ReadableByteChannel {
    private final ReadableByteChannel channel;

    CountingChannel(ReadableByteChannel channel) {
      this.channel = channel;
      int now = open.incrementAndGet();
      mostOpen.accumulateAndGet(now, Math::max);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      int size = channel.read(target);
      bytesRead.addAndGet(Math.max(size, 0));
      return size;
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
      open.decrementAndGet();
      channel.close();
    }
  }

  private FileTree counting(FileTree tree) {
    return new FakeTree(tree) {
      @Override
      public ReadableByteChannel open(FilePath file) throws IOException {
        return new CountingChannel(super.open(file));
      }
    };
  }

  private static Path sparseFile(Path directory, long sizeBytes) throws IOException {
    Path file = directory.resolve("sparse");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(sizeBytes);
    }
    return file;
  }

  @Test
  void bigFilesAreReadNoFasterThanReceived(@TempDir Path directory) throws Exception {
    long sizeBytes = 1L << 30;
    sparseFile(directory, sizeBytes);
    try (FakeReceiver receiver = receive(counting(FileTree.of(directory)))) {
      receiver.receive();
      receiver.receive();
      receiver.send(new Packet.Request(0));
      long received = 0;
      while (receiver.receive() instanceof Packet.Data data && data.bytes().hasRemaining()) {
        received += data.bytes().remaining();
        assertThat(bytesRead.get() - received).isLessThanOrEqualTo(LIMIT_BYTES);
      }
      assertThat(received).isEqualTo(sizeBytes);
      assertThat(open).hasValue(0);
    }
  }

  /** A tree of files that have long names and as many bytes, which it makes up when asked. */
  private final class WideTree implements FileTree {
    static final int DIRECTORIES = 100;
    static final int FILES = 200;
    static final int NAME_LENGTH = 250;
    private final AtomicInteger listed = new AtomicInteger();

    @Override
    public List<FileEntry> list(FilePath directory) {
      if (directory.isRoot()) {
        return IntStream.range(0, DIRECTORIES)
            .mapToObj(i -> FileEntry.directory(FilePath.of("d" + i)))
            .toList();
      }
      listed.addAndGet(FILES);
      return IntStream.range(0, FILES)
          .mapToObj(i -> directory.resolve("f".repeat(NAME_LENGTH) + i))
          .map(path -> FileEntry.file(path, path.length()))
          .toList();
    }

    @Override
    public ReadableByteChannel open(FilePath file) {
      ByteBuffer content = ByteBuffer.wrap(file.toBytes());
      return new CountingChannel(new BufferChannel(content));
    }
  }

  /** A channel that reads a buffer. */
  private record BufferChannel(ByteBuffer source) implements ReadableByteChannel {
    @Override
    public int read(ByteBuffer target) {
      if (!source.hasRemaining()) {
        return -1;
      }
      int size = source.remaining();
      target.put(source);
      return size;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  @Test
  void wideTreesAreListedNoFasterThanReceived() throws Exception {
    WideTree tree = new WideTree();
    int entryBytes = WideTree.NAME_LENGTH;
    int received = 0;
    int ended = 0;
    boolean walked = false;
    try (FakeReceiver receiver = receive(tree)) {
      while (!walked || ended < received) {
        Packet packet = receiver.receive();
        walked |= packet instanceof Packet.EndOfEntries;
        if (packet instanceof Packet.Entry entry && entry.stat().sizeBytes() > 0) {
          receiver.send(new Packet.Request(id(received)));
          received++;
          assertThat((tree.listed.get() - received) * entryBytes)
              .isLessThanOrEqualTo((int) LIMIT_BYTES);
        } else if (packet instanceof Packet.Data data && !data.bytes().hasRemaining()) {
          ended++;
        }
      }
    }
    assertThat(ended).isEqualTo(20_000);
    assertThat(mostOpen.get()).isBetween(1, LANES);
  }

  /** Returns the id of a file: directories count as well, and come before their files. */
  private static int id(int file) {
    return file + file / WideTree.FILES + 1;
  }

  @Test
  void cancelledTransfersLeaveNoFileOpen(@TempDir Path directory) throws Exception {
    sparseFile(directory, 1L << 30);
    try (FakeReceiver receiver = receive(counting(FileTree.of(directory)))) {
      receiver.receive();
      receiver.receive();
      receiver.send(new Packet.Request(0));
      receiver.receive();
      assertThat(open).hasValue(1);

      receiver.cancel();

      assertThat(receiver.status().getCode()).isEqualTo(Status.Code.CANCELLED);
      Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> open.get() == 0);
    }
  }
}
