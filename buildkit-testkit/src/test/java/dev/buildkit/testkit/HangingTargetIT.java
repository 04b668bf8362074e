/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.export.DockerImageStore;
import dev.buildkit.client.export.ExportTarget;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.SolveResult;
import dev.buildkit.client.transport.DockerTransport;
import dev.buildkit.client.transport.Transport;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.State;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Solves whose target takes the result and is never done with it can be given up, and harm no other target. */
@IntegrationTest
@Timeout(300)
class HangingTargetIT {
  private final CountDownLatch committing = new CountDownLatch(1);

  @TempDir
  private Path directory;

  @Test
  @Requires(Capability.SEVERAL_EXPORTERS)
  void aClosedClientGivesItUp(Transport transport) throws Exception {
    Path file = Files.writeString(directory.resolve("a.tar"), "old");
    CompletableFuture<SolveResult> solve;
    try (BuildKitClient client = connect(transport)) {
      solve = client.solveAsync(
          hello().export(Exporter.tar(file)).export(Exporter.tar(new Hanging())).build());
      committing.await();
    }

    assertThat(solve).isCompletedExceptionally();
    assertThat(file).as("comes after targets that may fail").hasContent("old");
    assertThat(directory).isDirectoryContaining(path -> path.equals(file));
  }

  @Test
  void anInterruptGivesItUp(BuildKitClient client) throws Exception {
    Thread caller = Thread.currentThread();
    OwnThread.EACH.execute(() -> {
      awaitQuietly(committing);
      caller.interrupt();
    });

    assertThatThrownBy(
            () -> client.solve(hello().export(Exporter.tar(new Hanging())).build()))
        .isInstanceOf(InterruptedException.class);
    assertThat(caller.isInterrupted()).isFalse();
  }

  @Test
  @Requires(Capability.IMAGE_ARCHIVES)
  void anEngineThatDoesNotAnswerIsGivenUp(BuildKitClient client) throws Exception {
    try (ServerSocket engine = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      OwnThread.EACH.execute(() -> takeAll(engine));
      DockerTransport transport =
          Transport.docker().engine(Transport.tcp("127.0.0.1", engine.getLocalPort()));
      Thread caller = Thread.currentThread();
      OwnThread.EACH.execute(() -> {
        awaitQuietly(committing);
        caller.interrupt();
      });

      assertThatThrownBy(() -> client.solve(hello()
              .export(Exporter.docker(new Committing(DockerImageStore.of(transport))))
              .build()))
          .isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  @Requires(Capability.SEVERAL_EXPORTERS)
  void aTargetThatFailsKeepsTheFilesAsTheyWere(BuildKitClient client) throws Exception {
    Path file = Files.writeString(directory.resolve("a.tar"), "old");
    Path out = directory.resolve("out");

    assertThatThrownBy(() -> client.solve(hello()
            .export(Exporter.tar(file))
            .export(Exporter.local(out))
            .export(Exporter.tar(new Refusing()))
            .build()))
        .isInstanceOf(BuildKitException.class)
        .hasMessageContaining("cannot put the result in place")
        .hasMessageContaining("the engine said no");
    assertThat(file).hasContent("old");
    assertThat(out).doesNotExist();
  }

  private static SolveRequest.Builder hello() {
    return SolveRequest.definition(
        State.scratch().file(FileAction.mkfile("/hello", 0644, "hello\n")).marshal());
  }

  private static BuildKitClient connect(Transport transport) throws InterruptedException {
    return BuildKitClient.builder(transport)
        .connectTimeout(Duration.ofSeconds(30))
        .build();
  }

  /** An engine that reads what it is sent, and says nothing. */
  private static void takeAll(ServerSocket engine) {
    try (Socket connection = engine.accept()) {
      var unused = connection.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Takes the bytes, and never comes back from its commit. */
  private final class Hanging implements ExportTarget {
    @Override
    public WritableByteChannel open(Map<String, String> response) {
      return new Taking();
    }

    @Override
    public void commit() throws IOException {
      committing.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        throw new IOException("interrupted", e);
      }
    }
  }

  /** Tells when a target is asked to put its result in place. */
  private final class Committing implements ExportTarget {
    private final ExportTarget target;

    Committing(ExportTarget target) {
      this.target = target;
    }

    @Override
    public WritableByteChannel open(Map<String, String> response) throws IOException {
      return target.open(response);
    }

    @Override
    public void commit() throws IOException {
      committing.countDown();
      target.commit();
    }

    @Override
    public void discard() {
      target.discard();
    }
  }

  /** Takes the bytes, and cannot put them in place. */
  private static final class Refusing implements ExportTarget {
    @Override
    public WritableByteChannel open(Map<String, String> response) {
      return new Taking();
    }

    @Override
    public void commit() throws IOException {
      throw new IOException("the engine said no");
    }
  }

  private static final class Taking implements WritableByteChannel {
    @Override
    public int write(ByteBuffer bytes) {
      int count = bytes.remaining();
      bytes.position(bytes.limit());
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
