/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.export.Compression;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.file.FilePath;
import dev.buildkit.client.session.Uploads;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.HttpSource;
import dev.buildkit.llb.State;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is made on the fly, or thrown away as it comes, passes through a heap of 64 MiB at any size. */
@IntegrationTest
class BoundedMemoryIT {
  private static final long MEBIBYTE = 1 << 20;

  @BeforeAll
  static void theHeapIsSmall() {
    long heap = Runtime.getRuntime().maxMemory();
    assumeTrue(heap <= 64 * MEBIBYTE, "a heap of " + heap + " bytes proves nothing");
  }

  @Test
  void aFileOfOneGibibyteIsSent(BuildKitClient client) throws Exception {
    GeneratedFile file = GeneratedFile.of(1024 * MEBIBYTE, bytesRead -> {});

    client.solve(SolveRequest.definition(State.local("src").marshal())
        .localDir("src", file)
        .build());

    assertThat(file.bytesRead()).isEqualTo(1024 * MEBIBYTE);
  }

  @Test
  void aStreamOfAQuarterOfAGibibyteIsSent(BuildKitClient client) throws Exception {
    long size = 256 * MEBIBYTE;
    GeneratedFile file = GeneratedFile.of(size, bytesRead -> {});
    Uploads uploads =
        Uploads.empty().add("data", Channels.newInputStream(file.open(FilePath.of("generated"))));
    State data = State.from(HttpSource.of(uploads.url("data")));
    Exec count = Exec.shell("test $(wc -c < /in/data) = " + size).addMount("/in", data);

    client.solve(
        SolveRequest.definition(State.image("busybox").run(count).root().marshal())
            .attach(uploads)
            .build());

    assertThat(file.bytesRead()).isEqualTo(size);
  }

  @Test
  void anImageOfHalfAGibibyteIsReceived(BuildKitClient client) throws Exception {
    assertReceivesAll(
        client, channel -> Exporter.oci(channel).compression(Compression.UNCOMPRESSED));
  }

  @Test
  void filesOfHalfAGibibyteAreReceived(BuildKitClient client) throws Exception {
    assertReceivesAll(client, Exporter::tar);
  }

  private static void assertReceivesAll(
      BuildKitClient client, Function<WritableByteChannel, Exporter> exporter) throws Exception {
    Exec write = Exec.shell("dd if=/dev/zero of=/out/data bs=1 count=0 seek=512M")
        .addMount("/out", State.scratch());
    Counter counter = new Counter();

    client.solve(
        SolveRequest.definition(State.image("busybox").run(write).mount("/out").marshal())
            .export(exporter.apply(counter))
            .build());

    assertThat(counter.bytes).isBetween(512 * MEBIBYTE, 513 * MEBIBYTE);
  }

  /** Counts bytes and forgets them. */
  private static final class Counter implements WritableByteChannel {
    private long bytes;

    @Override
    public int write(ByteBuffer source) {
      int length = source.remaining();
      source.position(source.limit());
      bytes += length;
      return length;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
