/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.buildkit.api.ContentGrpc;
import dev.buildkit.api.ContentGrpc.ContentBlockingStub;
import dev.buildkit.api.ContentProto.DeleteContentRequest;
import dev.buildkit.api.ContentProto.InfoRequest;
import dev.buildkit.api.ContentProto.ListContentRequest;
import dev.buildkit.api.ContentProto.ReadContentRequest;
import dev.buildkit.api.ContentProto.ReadContentResponse;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentServiceTest {
  private static final String STORE = "buildkit-attachable-store-id";
  private static final String HEX = "0123456789abcdef".repeat(4);
  private static final String DIGEST = "sha256:" + HEX;

  @TempDir
  private Path directory;

  private Path blobs;
  private ServedCalls calls;
  private ContentBlockingStub app;

  @BeforeEach
  void serve() throws IOException {
    Path layout = directory.resolve("layout");
    blobs = Files.createDirectories(layout.resolve("blobs/sha256"));
    Files.writeString(layout.resolve("oci-layout"), "{}");
    Files.writeString(blobs.resolve(HEX), "0123456789");
    calls = new ServedCalls(
        ContentService.of(Map.of("oci:app", ContentStore.readable(OciLayout.open(layout)))));
    app = ContentGrpc.newBlockingStub(calls.with(STORE, "oci:app"));
  }

  @AfterEach
  void stop() {
    calls.close();
  }

  private String read(long offset, long size) {
    Iterator<ReadContentResponse> parts = app.read(ReadContentRequest.newBuilder()
        .setDigest(DIGEST)
        .setOffset(offset)
        .setSize(size)
        .build());
    ByteString all = ByteString.EMPTY;
    while (parts.hasNext()) {
      ReadContentResponse part = parts.next();
      assertThat(part.getOffset()).isEqualTo(all.size());
      all = all.concat(part.getData());
    }
    return all.toString(UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0123456789",
    "0, 3, 012",
    "4, 0, 456789",
    "4, 2, 45",
    "4, 100, 456789",
    "-1, 1, 0",
    "10, 0, ''"
  })
  void partsAreRead(long offset, long size, String expected) {
    assertThat(read(offset, size)).isEqualTo(expected);
  }

  @Test
  void bigBlobsComeInPieces() throws IOException {
    String big = "x".repeat(1_000_000);
    Files.writeString(blobs.resolve(HEX), big);

    assertThat(read(0, 0)).isEqualTo(big);
  }

  @Test
  void nothingIsReadBehindTheEnd() {
    assertThatThrownBy(() -> read(11, 0))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessage("OUT_OF_RANGE: read at 11: the blob ends at 10");
  }

  private void info(String digest) {
    assertThat(app.info(InfoRequest.newBuilder().setDigest(digest).build())
            .getInfo()
            .getDigest())
        .isEqualTo(digest);
  }

  @Test
  void infoTellsTheSize() {
    var info = app.info(InfoRequest.newBuilder().setDigest(DIGEST).build()).getInfo();

    assertThat(info.getDigest()).isEqualTo(DIGEST);
    assertThat(info.getSize()).isEqualTo(10);
    assertThat(info.getUpdatedAt().getSeconds()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha256:",
        "../../../../etc/passwd",
        "sha256:../../oci-layout",
        "sha256:0123",
        "md5:0123456789abcdef0123456789abcdef"
      })
  void whatIsNoDigestIsRefused(String digest) {
    assertThatThrownBy(() -> info(digest))
        .hasMessage("INVALID_ARGUMENT: '" + digest + "' is no digest");
  }

  @Test
  void missingBlobsAreNotFound() {
    String other = "sha256:" + "f".repeat(64);

    assertThatThrownBy(() -> info(other))
        .hasMessageStartingWith("NOT_FOUND: " + other + " is not in the OCI layout ");
  }

  @Test
  void linksDoNotLeadOut() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "secret");
    Files.createSymbolicLink(blobs.resolve("f".repeat(64)), secret);
    Files.createSymbolicLink(blobs.resolve("e".repeat(64)), blobs.resolve(HEX));

    assertThatThrownBy(() -> info("sha256:" + "f".repeat(64)))
        .hasMessageContaining("is no file within the OCI layout");
    info("sha256:" + "e".repeat(64));
  }

  @Test
  void blobsAreListed() throws IOException {
    Files.writeString(blobs.resolve("partial"), "no blob");

    assertThat(app.list(ListContentRequest.getDefaultInstance()))
        .toIterable()
        .flatExtracting(response -> response.getInfoList())
        .extracting(info -> info.getDigest())
        .containsExactly(DIGEST);
  }

  @Test
  void nothingIsDeleted() {
    assertThatThrownBy(
            () -> app.delete(DeleteContentRequest.newBuilder().setDigest(DIGEST).build()))
        .hasMessageStartingWith("UNIMPLEMENTED");
    assertThat(blobs.resolve(HEX)).exists();
  }

  @Test
  void storesAreChosenByTheHeader() {
    InfoRequest request = InfoRequest.newBuilder().setDigest(DIGEST).build();

    assertThatThrownBy(
            () -> ContentGrpc.newBlockingStub(calls.with(STORE, "oci:other")).info(request))
        .hasMessage("NOT_FOUND: the client offers no store oci:other, but [oci:app];"
            + " add it to OciStores");
    assertThatThrownBy(() -> ContentGrpc.newBlockingStub(calls.withoutHeader()).info(request))
        .hasMessage("INVALID_ARGUMENT: the header " + STORE + " is missing");
  }
}
