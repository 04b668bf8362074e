/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.buildkit.client.file.FileType;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileModeTest {
  private static final JsonNode BITS = Vectors.read("vectors_fsutil.json").get("go_filemode_bits");

  private static int bits(String name) {
    return Integer.parseUnsignedInt(BITS.get(name).textValue().substring(2), 16);
  }

  @Test
  void typesHaveTheBitsOfGo() {
    Map<FileType, Integer> modes = Map.of(
        FileType.REGULAR, 0,
        FileType.DIRECTORY, bits("ModeDir"),
        FileType.SYMLINK, bits("ModeSymlink"),
        FileType.FIFO, bits("ModeNamedPipe"),
        FileType.SOCKET, bits("ModeSocket"),
        FileType.BLOCK_DEVICE, bits("ModeDevice"),
        FileType.CHAR_DEVICE, bits("ModeDevice") | bits("ModeCharDevice"));
    assertThat(modes).hasSize(FileType.values().length);
    modes.forEach((type, mode) -> assertThat(FileMode.of(type, 0)).isEqualTo(mode));
  }

  @Test
  void permissionsHaveTheBitsOfGo() {
    assertThat(FileMode.of(FileType.REGULAR, 0777)).isEqualTo(bits("ModePerm(mask)"));
    assertThat(FileMode.of(FileType.REGULAR, 04000)).isEqualTo(bits("ModeSetuid"));
    assertThat(FileMode.of(FileType.REGULAR, 02000)).isEqualTo(bits("ModeSetgid"));
    assertThat(FileMode.of(FileType.REGULAR, 01000)).isEqualTo(bits("ModeSticky"));
  }

  @ParameterizedTest
  @EnumSource
  void modesAreReadBack(FileType type) {
    for (int permissions = 0; permissions <= 07777; permissions++) {
      int mode = FileMode.of(type, permissions);
      assertThat(FileMode.type(mode)).contains(type);
      assertThat(FileMode.permissions(mode)).isEqualTo(permissions);
      assertThat(FileMode.isRegular(mode)).isEqualTo(type == FileType.REGULAR);
    }
  }

  @Test
  void strangeModesHaveNoType() {
    assertThat(FileMode.type(bits("ModeIrregular"))).isEmpty();
    assertThat(FileMode.type(bits("ModeDir") | bits("ModeSymlink"))).isEmpty();
    assertThat(FileMode.type(bits("ModeCharDevice"))).isEmpty();
    assertThat(FileMode.isRegular(bits("ModeIrregular"))).isFalse();
    assertThat(FileMode.isRegular(bits("ModeAppend") | bits("ModeTemporary"))).isTrue();
  }
}
