/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.buildkit.api.ContentGrpc;
import dev.buildkit.api.ContentProto.InfoRequest;
import dev.buildkit.api.ContentProto.WriteAction;
import dev.buildkit.api.ContentProto.WriteContentRequest;
import dev.buildkit.api.ContentProto.WriteContentResponse;
import io.grpc.CallOptions;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The daemon adds blobs to a layout, as its content client does. */
@Timeout(60)
class ContentWriteTest {
  private static final String STORE = "buildkit-attachable-store-id";
  private static final String TEXT = "0123456789";
  private static final String DIGEST = digest("SHA-256", "sha256");

  @TempDir
  private Path directory;

  private Path layout;
  private ServedCalls calls;

  @BeforeEach
  void serve() throws IOException {
    layout = directory.resolve("new/layout");
    calls = new ServedCalls(ContentService.of(
        Map.of("export", ContentStore.writable(OciLayout.make(layout))),
        ContentService.of(Map.of("oci:app", ContentStore.readable(OciLayout.make(directory))))));
  }

  @AfterEach
  void stop() {
    calls.close();
  }

  @Test
  void aBlobAppearsWhenItIsComplete() throws Exception {
    var write = open("export");
    assertThat(answer(write, stat(DIGEST, 10)).getOffset()).isZero();
    assertThat(answer(write, data(0, "01234")).getOffset()).isEqualTo(5);
    assertThat(Files.exists(blob(DIGEST))).isFalse();

    // Later requests say nothing of what the first has said.
    assertThat(answer(write, WriteContentRequest.getDefaultInstance()).getOffset())
        .isEqualTo(5);
    assertThat(answer(write, data(5, "56789")).getDigest()).isEqualTo(DIGEST);
    assertThat(answer(write, commit("").build()).getAction()).isEqualTo(WriteAction.COMMIT);

    assertThat(write.read()).isNull();
    assertThat(blob(DIGEST)).hasContent(TEXT);
    assertNothingElseIsThere();
  }

  @Test
  void theLastBytesMayComeWithTheCommit() throws Exception {
    String digest = digest("SHA-512", "sha512");
    var write = open("export");
    answer(write, stat(digest, 0));

    answer(
        write,
        commit(digest).setTotal(10).setData(ByteString.copyFromUtf8(TEXT)).build());

    assertThat(blob(digest)).hasContent(TEXT);
  }

  @Test
  void whatIsThereIsNotSentAgain() throws Exception {
    write(DIGEST);

    assertRefused(open("export"), stat(DIGEST, 10), "ALREADY_EXISTS: content " + DIGEST);
    var write = open("export");
    answer(write, stat("", 0));
    answer(write, data(0, TEXT));
    assertRefused(write, commit("").build(), "ALREADY_EXISTS: content " + DIGEST);
    assertNothingElseIsThere();
  }

  @Test
  void anotherDigestOrSizeIsRefused() throws Exception {
    String other = "sha256:" + "f".repeat(64);
    var digest = open("export");
    answer(digest, stat(other, 0));
    answer(digest, data(0, TEXT));
    assertRefused(
        digest,
        commit("").build(),
        "FAILED_PRECONDITION: unexpected commit digest " + DIGEST + ", expected " + other);
    var size = open("export");
    answer(size, stat(DIGEST, 11));
    answer(size, data(0, TEXT));
    assertRefused(
        size, commit("").build(), "FAILED_PRECONDITION: unexpected commit size 10, expected 11");

    assertNothingElseIsThere();
  }

  @Test
  void bytesBelongBehindWhatHasCome() throws Exception {
    var write = open("export");
    answer(write, stat("", 0));
    answer(write, data(0, "wrong"));
    assertThat(answer(write, data(0, "01234")).getOffset()).isEqualTo(5);
    answer(write, data(5, "56789"));
    answer(write, commit(DIGEST).build());
    assertThat(blob(DIGEST)).hasContent(TEXT);

    var gap = open("export");
    answer(gap, stat("", 0));
    assertRefused(gap, data(1, "x"), "OUT_OF_RANGE: write at 1: 0 bytes have come");
  }

  @Test
  void aTransferThatBreaksOffLeavesNothing() throws Exception {
    var write = open("export");
    answer(write, stat(DIGEST, 10));
    answer(write, data(0, "01234"));
    assertRefused(open("export"), stat(DIGEST, 10), "UNAVAILABLE: another transfer writes layer-x");

    write.cancel("the test has enough", null);

    assertNothingElseIsThere();
    await().atMost(1, TimeUnit.MINUTES).ignoreExceptions().until(() -> write(DIGEST));
  }

  @Test
  void layoutsThatAreOnlyOfferedAreNotChanged() throws Exception {
    assertRefused(
        open("oci:app"), stat(DIGEST, 10), "PERMISSION_DENIED: the store is only read here");
    assertRefused(
        open("nobody"),
        stat(DIGEST, 10),
        "NOT_FOUND: the client offers no store nobody, but [oci:app]; add it to OciStores");
  }

  @Test
  void nothingIsWrittenThroughALinkThatLeadsOut() throws Exception {
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Files.createSymbolicLink(layout.resolve("blobs"), outside);

    var write = open("export");
    write.write(stat(DIGEST, 10));

    assertThatThrownBy(write::read).hasMessageContaining("leads out of the OCI layout");
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void bothServicesOfASessionAnswer() throws Exception {
    write(DIGEST);
    InfoRequest request = InfoRequest.newBuilder().setDigest(DIGEST).build();

    assertThat(ContentGrpc.newBlockingStub(calls.with(STORE, "export"))
            .info(request)
            .getInfo()
            .getSize())
        .isEqualTo(10);
    assertThatThrownBy(
            () -> ContentGrpc.newBlockingStub(calls.with(STORE, "oci:app")).info(request))
        .hasMessageStartingWith("NOT_FOUND: " + DIGEST + " is not in the OCI layout");
  }

  private BlockingClientCall<WriteContentRequest, WriteContentResponse> open(String store) {
    return ClientCalls.blockingBidiStreamingCall(
        calls.with(STORE, store), ContentGrpc.getWriteMethod(), CallOptions.DEFAULT);
  }

  /** Writes the whole blob. */
  private boolean write(String digest) throws Exception {
    var write = open("export");
    answer(write, stat(digest, 10));
    answer(write, data(0, TEXT));
    answer(write, commit("").build());
    return Files.exists(blob(digest));
  }

  private static WriteContentResponse answer(
      BlockingClientCall<WriteContentRequest, WriteContentResponse> write,
      WriteContentRequest request)
      throws Exception {
    write.write(request);
    return write.read();
  }

  private static void assertRefused(
      BlockingClientCall<WriteContentRequest, WriteContentResponse> write,
      WriteContentRequest request,
      String message)
      throws Exception {
    write.write(request);
    assertThatThrownBy(write::read).hasMessage(message);
  }

  private static WriteContentRequest stat(String expected, long total) {
    return WriteContentRequest.newBuilder()
        .setRef("layer-x")
        .setExpected(expected)
        .setTotal(total)
        .build();
  }

  private static WriteContentRequest data(long offset, String text) {
    return WriteContentRequest.newBuilder()
        .setAction(WriteAction.WRITE)
        .setOffset(offset)
        .setData(ByteString.copyFromUtf8(text))
        .build();
  }

  private static WriteContentRequest.Builder commit(String expected) {
    return WriteContentRequest.newBuilder().setAction(WriteAction.COMMIT).setExpected(expected);
  }

  private Path blob(String digest) {
    return layout.resolve("blobs").resolve(digest.replace(':', '/'));
  }

  private void assertNothingElseIsThere() {
    await().atMost(1, TimeUnit.MINUTES).until(() -> {
      try (Stream<Path> files = Files.walk(layout)) {
        return files.filter(Files::isRegularFile).allMatch(file -> file.equals(blob(DIGEST)));
      }
    });
  }

  private static String digest(String algorithm, String name) {
    try {
      byte[] digest = MessageDigest.getInstance(algorithm).digest(TEXT.getBytes(UTF_8));
      return name + ":" + HexFormat.of().formatHex(digest);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
