/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.client.file.FilePath;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FileTableTest {
  private final FileTable table = new FileTable();

  @Test
  void pathsAreFoundByNumber() {
    List<FilePath> paths = new ArrayList<>();
    IntStream.range(0, 100).forEach(i -> paths.add(FilePath.of("dir" + i / 7 + "/file" + i)));
    paths.add(FilePath.of("x".repeat(3000)));
    paths.add(FilePath.of("x".repeat(3000) + "/y"));
    paths.add(FilePath.ofBytes(new byte[] {(byte) 0xff}));
    paths.add(FileTable.NO_CONTENT);
    paths.add(FilePath.of("z"));

    paths.forEach(path -> table.add(path, true));

    for (int id = 0; id < paths.size(); id++) {
      assertThat(table.path(id)).isEqualTo(paths.get(id));
    }
  }

  @Test
  void eachFileIsRequestedOnce() {
    table.add(FilePath.of("dir"), false);
    table.add(FilePath.of("dir/file"), true);

    assertThat(table.request(0)).isFalse();
    assertThat(table.request(1)).isTrue();
    assertThat(table.request(1)).isFalse();
    assertThat(table.request(2)).isFalse();
    assertThat(table.request(-1)).isFalse();
  }
}
