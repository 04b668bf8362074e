/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import dev.buildkit.api.StatProto;
import dev.buildkit.api.WireProto;
import io.grpc.Drainable;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PacketCodecTest {
  private static final byte[] NOT_TEXT = {'d', (byte) 0xff};

  private static Stat stat(String path, int mode, long size, long modTime, String link) {
    return stat(path, mode, size, modTime, link, Map.of());
  }

  private static Stat stat(
      String path, int mode, long size, long modTime, String link, Map<String, byte[]> xattrs) {
    return new Stat(
        path.getBytes(UTF_8), mode, 0, 0, size, modTime, link.getBytes(UTF_8), 0, 0, xattrs);
  }

  private static Packet.Data data(int id, String content) {
    return new Packet.Data(id, ByteBuffer.wrap(content.getBytes(UTF_8)));
  }

  /** The packets that the vectors describe in words. */
  private static final Map<String, Packet> PACKETS = Map.ofEntries(
      Map.entry("STAT file", new Packet.Entry(stat("foo", 0644, 3, 1700000000000000000L, ""))),
      Map.entry("STAT end (no stat): zero-length protobuf message", new Packet.EndOfEntries()),
      Map.entry("STAT dir", new Packet.Entry(stat("d", 0x80000000 | 0755, 0, 0, ""))),
      Map.entry("STAT symlink", new Packet.Entry(stat("l", 0x08000000 | 0777, 3, 0, "foo"))),
      Map.entry("STAT hardlink", new Packet.Entry(stat("h", 0644, 0, 0, "foo"))),
      Map.entry(
          "STAT xattr", new Packet.Entry(stat("x", 0644, 0, 0, "", Map.of("user.k", new byte[] {1, 2
          })))),
      Map.entry("REQ 0 (id zero omitted)", new Packet.Request(0)),
      Map.entry("REQ 5", new Packet.Request(5)),
      Map.entry("DATA id 5", data(5, "abc")),
      Map.entry("DATA id 5 eof", data(5, "")),
      Map.entry("DATA id 0 eof", data(0, "")),
      Map.entry("FIN", new Packet.Finish()),
      Map.entry("ERR", new Packet.Failure("msg")));

  static Stream<Arguments> vectors() {
    return Vectors.stream(Vectors.read("vectors_fsutil.json").get("packets"))
        .map(row -> argumentSet(row.get("case").textValue(), row));
  }

  private static byte[] message(JsonNode row) {
    return HexFormat.of().parseHex(row.get("packet_hex").textValue());
  }

  private static Packet packet(JsonNode row) {
    return requireNonNull(PACKETS.get(row.get("case").textValue()), row.toString());
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void packetsAreWrittenAsInGo(JsonNode row) throws IOException {
    assertThat(PacketCodec.encode(packet(row))).isEqualTo(message(row));
    assertThat(PacketMarshaller.INSTANCE.stream(packet(row)).readAllBytes())
        .isEqualTo(message(row));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void packetsAreReadAsInGo(JsonNode row) throws IOException {
    assertThat(PacketCodec.decode(message(row))).usingRecursiveComparison().isEqualTo(packet(row));
  }

  private static WireProto.Packet everyField() {
    StatProto.Stat stat = StatProto.Stat.newBuilder()
        .setPath(ByteString.copyFrom(NOT_TEXT))
        .setMode(0x84000000)
        .setUid(-1)
        .setGid(7)
        .setSize(Long.MAX_VALUE)
        .setModTime(-1)
        .setLinkname(ByteString.copyFrom(NOT_TEXT))
        .setDevmajor(259)
        .setDevminor(70000)
        .putXattrs("user.k", ByteString.copyFrom(NOT_TEXT))
        .build();
    return WireProto.Packet.newBuilder().setStat(stat).build();
  }

  @Test
  void entriesKeepEveryField() throws IOException {
    byte[] message = everyField().toByteArray();
    Packet packet = PacketCodec.decode(message);
    assertThat(packet).isInstanceOfSatisfying(Packet.Entry.class, entry -> {
      assertThat(entry.stat().path()).isEqualTo(NOT_TEXT);
      assertThat(entry.stat().uid()).isEqualTo(-1);
      assertThat(entry.stat().modTimeNanos()).isEqualTo(-1);
      assertThat(entry.stat().devMinor()).isEqualTo(70000);
      assertThat(entry.stat().xattrs().get("user.k")).isEqualTo(NOT_TEXT);
    });
    assertThat(PacketCodec.encode(packet)).isEqualTo(message);
  }

  @Test
  void fieldsMayComeInAnyOrderAndUnknownOnesAreSkipped() throws IOException {
    byte[] dataBeforeTypeAndFieldNine = {0x22, 1, 'x', 0x4a, 2, 1, 1, 0x18, 5, 0x08, 2};
    assertThat(PacketCodec.decode(dataBeforeTypeAndFieldNine)).isEqualTo(data(5, "x"));
  }

  @Test
  void unknownTypesAreNoErrors() throws IOException {
    assertThat(PacketCodec.decode(new byte[] {0x08, 9})).isEqualTo(new Packet.Unknown(9));
  }

  @Test
  void everyCutOfAnEntryIsRefused() {
    byte[] message = everyField().toByteArray();
    for (int size = 1; size < message.length; size++) {
      byte[] cut = Arrays.copyOf(message, size);
      assertThatThrownBy(() -> PacketCodec.decode(cut)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void dataBeyondTheMessageIsRefused() {
    assertThatThrownBy(() -> PacketCodec.decode(new byte[] {0x08, 2, 0x22, 5, 'x'}))
        .isInstanceOf(IOException.class)
        .hasMessage("packet is cut short");
    assertThatThrownBy(() -> PacketMarshaller.INSTANCE.parse(
            new ByteArrayInputStream(new byte[] {0x08, 2, 0x22, 5, 'x'})))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessage("INTERNAL: cannot read a packet of the file transfer: packet is cut short");
  }

  @Test
  void streamsAreDrainedWithoutCopies() throws IOException {
    ByteBuffer chunk =
        ByteBuffer.wrap("..content..".getBytes(UTF_8)).position(2).limit(9);
    Packet packet = new Packet.Data(1, chunk);
    InputStream stream = PacketMarshaller.INSTANCE.stream(packet);
    assertThat(stream.available()).isEqualTo(PacketCodec.encode(packet).length);
    ByteArrayOutputStream drained = new ByteArrayOutputStream();
    assertThat(((Drainable) stream).drainTo(drained)).isEqualTo(drained.size());
    assertThat(drained.toByteArray()).isEqualTo(PacketCodec.encode(data(1, "content")));
    assertThat(chunk.remaining()).isEqualTo(7);
  }
}
