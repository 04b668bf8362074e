/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetsTest {
  @TempDir
  Path temporary;

  @Test
  void aFileAppearsAtTheCommit() throws IOException {
    Path file = temporary.resolve("out.tar");
    ExportTarget target = FileTarget.of(file);
    write(target, "content");
    assertThat(file).doesNotExist();
    target.commit();

    assertThat(file).hasContent("content");
    assertThat(names()).containsExactly("out.tar");
  }

  @Test
  void aDiscardKeepsTheOldFile() throws IOException {
    Path file = Files.writeString(temporary.resolve("out.tar"), "old");
    ExportTarget target = FileTarget.of(file);
    write(target, "new");
    target.discard();
    target.discard();
    target.commit();

    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("out.tar");
  }

  @Test
  void aFileMayBeExportedAgain() throws IOException {
    Path file = temporary.resolve("out.tar");
    ExportTarget target = FileTarget.of(file);
    for (String content : List.of("first", "second")) {
      write(target, content);
      target.commit();
      target.discard();
    }

    assertThat(file).hasContent("second");
    assertThat(names()).containsExactly("out.tar");
  }

  @Test
  void aFileIsWrittenByOneSolveAtATime() throws IOException {
    ExportTarget target = FileTarget.of(temporary.resolve("out.tar"));
    write(target, "first");

    assertThatThrownBy(() -> target.open(Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessage("another solve is writing it; wait for its end, or name another file");
    target.commit();
    assertThat(temporary.resolve("out.tar")).hasContent("first");
  }

  @Test
  void aFileThatCannotBeOpenedMayBeTriedAgain() throws IOException {
    Path directory = Files.createDirectory(temporary.resolve("d"));
    ExportTarget target = FileTarget.of(directory.resolve("out.tar"));
    Files.delete(directory);
    assertThatThrownBy(() -> target.open(Map.of())).isInstanceOf(IOException.class);
    Files.createDirectory(directory);
    write(target, "content");
    target.commit();

    assertThat(directory.resolve("out.tar")).hasContent("content");
  }

  @Test
  void aLinkGoesOnPointingAtTheFile() throws IOException {
    Path real = Files.writeString(temporary.resolve("real.tar"), "old");
    Path link = Files.createSymbolicLink(temporary.resolve("link.tar"), real);
    ExportTarget target = FileTarget.of(link);
    write(target, "new");
    target.commit();

    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(real).hasContent("new");
  }

  @Test
  void placesThatCannotBeWrittenAreRefusedAtOnce() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    Path missing = temporary.resolve("missing");

    refuses(() -> Exporter.tar(temporary), temporary + ": it is a directory; name a file in it");
    refuses(
        () -> Exporter.oci(missing.resolve("out.tar")),
        missing.resolve("out.tar") + ": the directory " + missing
            + " does not exist; make it first");
    refuses(
        () -> Exporter.docker(file.resolve("out.tar")),
        file.resolve("out.tar") + ": " + file + " is not a directory; name another place");
    refuses(
        () -> Exporter.local(file), file + ": " + file + " is not a directory; name another place");
    refuses(
        () -> Exporter.tar(Path.of("/dev/null")),
        "/dev/null: it is not a regular file; open it and give the stream");
    assertThat(Exporter.local(missing.resolve("deep")).directory())
        .isEqualTo(missing.resolve("deep"));
  }

  private static void refuses(Supplier<?> attempt, String message) {
    assertThatThrownBy(attempt::get)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("export to " + message);
  }

  @Test
  void aStreamIsFlushedAndNotClosed() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    OpenStream stream = new OpenStream(bytes);
    ExportTarget target = new StreamTarget(stream);
    try (WritableByteChannel channel = target.open(Map.of())) {
      ByteBuffer direct = ByteBuffer.allocateDirect(200_000);
      assertThat(channel.write(direct)).isEqualTo(200_000);
      ByteBuffer slice = ByteBuffer.wrap("xxcontentxx".getBytes(UTF_8), 2, 7);
      assertThat(channel.write(slice)).isEqualTo(7);
      assertThat(slice.hasRemaining()).isFalse();
      assertThat(channel.isOpen()).isTrue();
    }

    assertThat(stream.closed).isFalse();
    assertThat(bytes.size()).isEqualTo(200_007);
    assertThat(bytes.toString(UTF_8)).endsWith("\0content");
  }

  @Test
  void aChannelIsNotClosed() throws IOException {
    Pipe pipe = Pipe.open();
    try (Pipe.SourceChannel source = pipe.source();
        Pipe.SinkChannel sink = pipe.sink()) {
      write(new ChannelTarget(sink), "content");

      assertThat(sink.isOpen()).isTrue();
      ByteBuffer read = ByteBuffer.allocate(100);
      assertThat(source.read(read)).isEqualTo(7);
    }
  }

  @Test
  void aChannelThatDoesNotBlockIsRefused() throws IOException {
    Pipe pipe = Pipe.open();
    try (Pipe.SourceChannel source = pipe.source();
        Pipe.SinkChannel sink = pipe.sink()) {
      sink.configureBlocking(false);

      assertThatThrownBy(() -> Exporter.tar(sink))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith(": it does not block; call configureBlocking(true) before");
      assertThat(source.isOpen()).isTrue();
    }
  }

  private static void write(ExportTarget target, String content) throws IOException {
    try (WritableByteChannel channel = target.open(Map.of())) {
      channel.write(ByteBuffer.wrap(content.getBytes(UTF_8)));
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> children = Files.list(temporary)) {
      return children.map(child -> child.getFileName().toString()).sorted().toList();
    }
  }

  private static final class OpenStream extends BufferedOutputStream {
    private boolean closed;

    OpenStream(ByteArrayOutputStream bytes) {
      super(bytes, 1 << 20);
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
