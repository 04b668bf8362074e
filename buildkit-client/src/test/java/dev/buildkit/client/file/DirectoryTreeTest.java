/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTreeTest {
  @TempDir
  Path directory;

  /** Returns a path by its bytes, which depend on no locale. */
  private Path escaped(String path) {
    return Path.of(URI.create(directory.toUri() + path));
  }

  private FileEntry only(FilePath parent) throws IOException {
    List<FileEntry> entries = FileTree.of(directory).list(parent);
    assertThat(entries).hasSize(1);
    return entries.get(0);
  }

  private FileEntry only() throws IOException {
    return only(FilePath.root());
  }

  private static byte[] read(FileTree tree, FilePath file) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(100);
    try (ReadableByteChannel channel = tree.open(file)) {
      while (channel.read(content) >= 0) {
        assertThat(content.hasRemaining()).isTrue();
      }
    }
    byte[] bytes = new byte[content.flip().remaining()];
    content.get(bytes);
    return bytes;
  }

  @Test
  void directoriesMustExist() {
    Path missing = directory.resolve("missing");
    assertThatThrownBy(() -> FileTree.of(missing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cannot send directory " + missing + ": it does not exist");
  }

  @Test
  void filesAreNoDirectories() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThatThrownBy(() -> FileTree.of(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cannot send directory " + file + ": it is not a directory");
  }

  @Test
  void filesHaveSizeAndTimeToTheNanosecond() throws IOException {
    Path file = Files.writeString(directory.resolve("app.jar"), "four");
    Instant time = Instant.parse("2024-05-06T07:08:09.123456789Z");
    Files.setLastModifiedTime(file, FileTime.from(time));

    FileEntry entry = only();

    assertThat(entry.path()).isEqualTo(FilePath.of("app.jar"));
    assertThat(entry.type()).isEqualTo(FileType.REGULAR);
    assertThat(entry.sizeBytes()).isEqualTo(4);
    assertThat(entry.modTime()).isEqualTo(time);
    assertThat(entry.hardLinkKey()).isEmpty();
    assertThat(read(FileTree.of(directory), entry.path())).isEqualTo("four".getBytes(UTF_8));
  }

  @Test
  void directoriesAreListedOneAtATime() throws IOException {
    Files.createDirectories(directory.resolve("a/b"));
    Files.writeString(directory.resolve("a/b/c"), "");

    assertThat(only().type()).isEqualTo(FileType.DIRECTORY);
    assertThat(only().sizeBytes()).isZero();
    assertThat(only(FilePath.of("a")).path()).isEqualTo(FilePath.of("a/b"));
    assertThat(only(FilePath.of("a/b")).path()).isEqualTo(FilePath.of("a/b/c"));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void permissionsHaveSpecialBits() throws Exception {
    Path file = Files.writeString(directory.resolve("su"), "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));
    Files.setAttribute(file, "unix:mode", 06751);

    assertThat(only().permissions()).isEqualTo(06751);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void linksAreNotFollowed() throws IOException {
    Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));

    assertThat(only().type()).isEqualTo(FileType.SYMLINK);
    assertThat(only().linkTarget()).isEqualTo("loop".getBytes(UTF_8));
    assertThat(only().sizeBytes()).isEqualTo(4);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void hardLinksHaveEqualKeys() throws IOException {
    Path first = Files.writeString(directory.resolve("first"), "x");
    Files.createLink(directory.resolve("second"), first);

    List<FileEntry> entries = FileTree.of(directory).list(FilePath.root());

    assertThat(entries.get(0).hardLinkKey())
        .isPresent()
        .isEqualTo(entries.get(1).hardLinkKey());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void socketsAndPipesAreNotOpened() throws Exception {
    Process mkfifo = new ProcessBuilder("mkfifo", directory.resolve("pipe").toString())
        .inheritIO()
        .start();
    assertThat(mkfifo.waitFor()).isZero();
    Path socket = directory.resolve("socket");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));

      assertThat(FileTree.of(directory).list(FilePath.root()))
          .extracting(entry -> entry.path().toString(), FileEntry::type)
          .containsExactlyInAnyOrder(
              tuple("pipe", FileType.FIFO), tuple("socket", FileType.SOCKET));
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void devicesHaveNumbers() throws IOException {
    assertThat(FileTree.of(Path.of("/dev")).list(FilePath.root()))
        .filteredOn(entry -> entry.path().equals(FilePath.of("null")))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.type()).isEqualTo(FileType.CHAR_DEVICE);
          assertThat(entry.devMajor()).isEqualTo(1);
          assertThat(entry.devMinor()).isEqualTo(3);
        });
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void namesNeedNotBeText() throws IOException {
    byte[] name = {'a', (byte) 0xff, (byte) 0xfe, 'b'};
    Files.writeString(escaped("a%FF%FEb"), "bytes");

    FilePath path = only().path();

    assertThat(path.toBytes()).isEqualTo(name);
    assertThat(read(FileTree.of(directory), path)).isEqualTo("bytes".getBytes(UTF_8));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void directoriesWithNamesThatAreNotTextAreListed() throws IOException {
    Files.createDirectory(escaped("d%E4"));
    Files.writeString(escaped("d%E4/%C3%BC"), "");

    FilePath child = only(only().path()).path();

    assertThat(child.toBytes())
        .isEqualTo(new byte[] {'d', (byte) 0xe4, '/', (byte) 0xc3, (byte) 0xbc});
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void linkTargetsNeedNotBeText() throws IOException {
    Path target = Path.of(URI.create("file:///%FF"));
    Files.createSymbolicLink(directory.resolve("absolute"), target);
    assertThat(only().linkTarget()).isEqualTo(new byte[] {'/', (byte) 0xff});

    Files.delete(directory.resolve("absolute"));
    Files.createSymbolicLink(directory.resolve("relative"), target.getFileName());
    assertThat(only().linkTarget()).isEqualTo(new byte[] {(byte) 0xff});
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void linkTargetsThatExistKeepTheirForm() throws IOException {
    Path target = Files.createDirectory(escaped("%C3%BC"));
    Files.createSymbolicLink(target.resolve("link"), target);
    assertThat(only(FilePath.of("\u00fc")).linkTarget())
        .isEqualTo((directory + "/\u00fc").getBytes(UTF_8));
  }

  @Test
  void namesBeyondAsciiAreUtf8() throws IOException {
    Files.writeString(escaped("%EF%BC%A1.txt"), "");
    Files.writeString(escaped("%F0%9F%98%80.txt"), "");

    assertThat(FileTree.of(directory).list(FilePath.root()))
        .extracting(FileEntry::path)
        .containsExactlyInAnyOrder(FilePath.of("\uff21.txt"), FilePath.of("\ud83d\ude00.txt"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void userAttributesAreRead() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    assumeThat(Files.getFileStore(file).supportsFileAttributeView("user")).isTrue();
    view.write("origin", ByteBuffer.wrap(new byte[] {1, 2}));

    assertThat(only().xattrs()).containsOnlyKeys("user.origin");
    assertThat(only().xattrs().get("user.origin")).isEqualTo(new byte[] {1, 2});
  }

  @Test
  void filesThatVanishAreGone() throws IOException {
    FileTree tree = FileTree.of(directory);
    assertThatThrownBy(() -> tree.open(FilePath.of("gone")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("gone");
    assertThatThrownBy(() -> tree.list(FilePath.of("gone")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("gone");
  }
}
