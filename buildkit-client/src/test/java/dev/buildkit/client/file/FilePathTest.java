/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import nl.jqno.equalsverifier.EqualsVerifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilePathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/a", "a/", "a//b", ".", "..", "./a", "a/.", "a/./b", "../a", "a/.."})
  void pathsMustBeRelativeAndClean(String path) {
    assertThatThrownBy(() -> FilePath.of(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("file path is not relative and clean: " + path
            + "; write it without a slash at either end and without empty, . and .. elements");
  }

  @Test
  void pathsHoldNoZeroByte() {
    assertThatThrownBy(() -> FilePath.of("a\0b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("file path holds a zero byte: a\0b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "...", ".a", "a..", "..a/b.", "\uff21/\ud83d\ude00"})
  void pathsAreReadBack(String path) {
    assertThat(FilePath.of(path)).hasToString(path);
  }

  @Test
  void bytesNeedNotBeText() {
    byte[] bytes = {'a', '/', (byte) 0xff};
    FilePath path = FilePath.ofBytes(bytes);
    bytes[0] = 'x';

    assertThat(path).hasToString("a/\ufffd");
    assertThat(path.toBytes()).isEqualTo(new byte[] {'a', '/', (byte) 0xff});
    assertThat(path.length()).isEqualTo(3);
    assertThat(path.byteAt(2)).isEqualTo((byte) 0xff);
  }

  @Test
  void pathsAreTakenApartAndPutTogether() {
    FilePath path = FilePath.of("a/b/c");
    assertThat(path.parent()).isEqualTo(FilePath.of("a/b"));
    assertThat(path.name()).isEqualTo(FilePath.of("c"));
    assertThat(FilePath.of("a").parent()).isEqualTo(FilePath.root());
    assertThat(FilePath.of("a").name()).isEqualTo(FilePath.of("a"));
    assertThat(FilePath.of("a").resolve("b/c")).isEqualTo(path);
    assertThat(FilePath.root().resolve(path)).isEqualTo(path);
    assertThat(path.resolve(FilePath.root())).isEqualTo(path);
  }

  @Test
  void theRootIsItsOwnParent() {
    assertThat(FilePath.root().isRoot()).isTrue();
    assertThat(FilePath.root().parent()).isEqualTo(FilePath.root());
    assertThat(FilePath.root().name()).isEqualTo(FilePath.root());
    assertThat(FilePath.of("a").isRoot()).isFalse();
  }

  @Test
  void pathsStartWithWholeElements() {
    FilePath path = FilePath.of("a/b");
    assertThat(path.startsWith(FilePath.root())).isTrue();
    assertThat(path.startsWith(FilePath.of("a"))).isTrue();
    assertThat(path.startsWith(path)).isTrue();
    assertThat(FilePath.of("ab").startsWith(FilePath.of("a"))).isFalse();
    assertThat(FilePath.of("a").startsWith(path)).isFalse();
  }

  @Test
  void pathsAreOrderedAsWalked() {
    List<FilePath> ordered = Stream.of(
            "",
            "A",
            "a",
            "a/b",
            "a/b/c",
            "a b",
            "a-b",
            "a.txt",
            "aa/x",
            "ab",
            "z",
            "\u00fc",
            "\uff21",
            "\ud83d\ude00")
        .map(FilePath::of)
        .toList();
    List<FilePath> shuffled = new ArrayList<>(ordered);
    Collections.reverse(shuffled);
    Collections.sort(shuffled);
    assertThat(shuffled).isEqualTo(ordered);
  }

  @Test
  void pathsAreEqualByBytes() {
    EqualsVerifier.forClass(FilePath.class).verify();
  }
}
