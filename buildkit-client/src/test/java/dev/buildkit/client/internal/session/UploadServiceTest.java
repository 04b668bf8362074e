/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.buildkit.api.UploadGrpc;
import dev.buildkit.api.UploadProto.BytesMessage;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UploadServiceTest {
  private static ServedCalls serve(ReadableByteChannel channel) throws IOException {
    return new ServedCalls(UploadService.of(Map.of("/1/context.tar", channel)));
  }

  private static FakeStream<BytesMessage> pull(ServedCalls calls, String path) {
    FakeStream<BytesMessage> stream = new FakeStream<>();
    UploadGrpc.newStub(calls.with("urlpath", path)).pull(stream);
    return stream;
  }

  @Test
  void streamsAreSentToTheirEndAndOnce() throws Exception {
    byte[] bytes = new byte[1_000_000];
    new Random(1).nextBytes(bytes);
    try (ServedCalls calls = serve(Channels.newChannel(new ByteArrayInputStream(bytes)))) {
      FakeStream<BytesMessage> stream = pull(calls, "/1/context.tar");
      ByteArrayOutputStream received = new ByteArrayOutputStream();
      while (received.size() < bytes.length) {
        stream.receive().getData().writeTo(received);
      }

      assertThat(stream.status().isOk()).isTrue();
      assertThat(received.toByteArray()).isEqualTo(bytes);
      Status again = pull(calls, "/1/context.tar").status();
      assertThat(again.getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
      assertThat(again.getDescription())
          .isEqualTo("upload /1/context.tar: it was read before; a stream can be sent once");
    }
  }

  @Test
  void otherPathsAreNotServed() throws Exception {
    try (ServedCalls calls = serve(Channels.newChannel(InputStream.nullInputStream()))) {
      assertThat(pull(calls, "/1/../etc/passwd").status().getCode())
          .isEqualTo(Status.Code.NOT_FOUND);
    }
  }

  @Test
  void aStreamThatBreaksFailsTheCallWithItsReason() throws Exception {
    InputStream broken = new PipedInputStream();
    try (ServedCalls calls = serve(Channels.newChannel(broken))) {
      Status status = pull(calls, "/1/context.tar").status();

      assertThat(status.getCode()).isEqualTo(Status.Code.UNKNOWN);
      assertThat(status.getDescription()).isEqualTo("upload /1/context.tar: Pipe not connected");
    }
  }

  @Test
  void streamsAreReadNoFasterThanReceived() throws Exception {
    AtomicLong read = new AtomicLong();
    InputStream endless = new InputStream() {
      @Override
      public int read() {
        return 0;
      }

      @Override
      public int read(byte[] target, int offset, int length) {
        read.addAndGet(length);
        return length;
      }

      @Override
      public int available() {
        return Integer.MAX_VALUE;
      }
    };
    try (ServedCalls calls = serve(Channels.newChannel(endless))) {
      FakeStream<BytesMessage> stream = pull(calls, "/1/context.tar");
      long received = 0;
      while (received < 64 << 20) {
        received += stream.receive().getData().size();
        assertThat(read.get() - received).isLessThan(4 << 20);
      }
    }
  }

  @Test
  void aReaderThatWaitsLeavesWhenTheCallIsCancelled() throws Exception {
    Pipe silent = Pipe.open();
    try (ServedCalls calls = serve(silent.source())) {
      FakeStream<BytesMessage> stream = pull(calls, "/1/context.tar");
      silent.sink().write(ByteBuffer.wrap(new byte[] {1}));
      assertThat(stream.receive().getData().byteAt(0)).isEqualTo((byte) 1);

      stream.cancel();

      await().until(() -> !silent.source().isOpen());
    } finally {
      silent.sink().close();
    }
  }
}
