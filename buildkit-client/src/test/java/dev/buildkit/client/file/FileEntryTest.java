/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import nl.jqno.equalsverifier.EqualsVerifier;
import org.junit.jupiter.api.Test;

class FileEntryTest {
  private static final FilePath PATH = FilePath.of("dir/app");

  @Test
  void filesHaveDefaults() {
    FileEntry file = FileEntry.file(PATH, 3);
    assertThat(file.path()).isEqualTo(PATH);
    assertThat(file.type()).isEqualTo(FileType.REGULAR);
    assertThat(file.sizeBytes()).isEqualTo(3);
    assertThat(file.permissions()).isEqualTo(0644);
    assertThat(file.uid()).isZero();
    assertThat(file.gid()).isZero();
    assertThat(file.modTime()).isEqualTo(Instant.EPOCH);
    assertThat(file.linkTarget()).isEmpty();
    assertThat(file.xattrs()).isEmpty();
    assertThat(file.hardLinkKey()).isEmpty();
  }

  @Test
  void changesLeaveTheOriginalAlone() {
    FileEntry file = FileEntry.file(PATH, 3);
    FileEntry changed = file.permissions(06755)
        .owner(1000, 50)
        .sizeBytes(4)
        .modTime(Instant.ofEpochSecond(1, 2))
        .addXattr("user.k", new byte[] {1})
        .hardLinkKey("inode")
        .path(FilePath.of("moved"));

    assertThat(changed.permissions()).isEqualTo(06755);
    assertThat(changed.uid()).isEqualTo(1000);
    assertThat(changed.gid()).isEqualTo(50);
    assertThat(changed.sizeBytes()).isEqualTo(4);
    assertThat(changed.modTimeNanos()).isEqualTo(1_000_000_002);
    assertThat(changed.xattrs()).containsOnlyKeys("user.k");
    assertThat(changed.hardLinkKey()).contains("inode");
    assertThat(changed.path()).isEqualTo(FilePath.of("moved"));
    assertThat(file).isEqualTo(FileEntry.file(PATH, 3));
  }

  @Test
  void linksHaveTargets() {
    FileEntry link = FileEntry.symlink(PATH, "../\u00fc");
    assertThat(link.linkTarget()).isEqualTo("../\u00fc".getBytes(UTF_8));
    assertThat(link.sizeBytes()).isEqualTo(5);
    assertThat(link).hasToString("symlink dir/app 0777 5 -> ../\u00fc");
  }

  @Test
  void devicesHaveNumbers() {
    FileEntry device = FileEntry.blockDevice(PATH, 259, 70000);
    assertThat(device.type()).isEqualTo(FileType.BLOCK_DEVICE);
    assertThat(device.devMajor()).isEqualTo(259);
    assertThat(device.devMinor()).isEqualTo(70000);
    assertThat(FileEntry.charDevice(PATH, 1, 3).type()).isEqualTo(FileType.CHAR_DEVICE);
  }

  @Test
  void arraysAreCopied() {
    byte[] target = {'a'};
    byte[] value = {1};
    FileEntry link = FileEntry.symlink(PATH, target).addXattr("user.k", value);
    target[0] = 'b';
    value[0] = 2;
    link.linkTarget()[0] = 'c';

    assertThat(link.linkTarget()).isEqualTo(new byte[] {'a'});
    assertThat(link.xattrs().get("user.k")).isEqualTo(new byte[] {1});
  }

  @Test
  void badValuesAreRefused() {
    FileEntry file = FileEntry.file(PATH, 0);
    assertThatThrownBy(() -> file.permissions(0100644))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("permissions must be within 07777, but were: 0100644");
    assertThatThrownBy(() -> file.sizeBytes(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sizeBytes must not be negative, but was: -1");
    assertThatThrownBy(() -> file.modTime(Instant.parse("2300-01-01T00:00:00Z")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "modTime must be between the years 1678 and 2262, but was: 2300-01-01T00:00:00Z");
    assertThatThrownBy(() -> FileEntry.symlink(PATH, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("symbolic link dir/app has no target");
    assertThatThrownBy(() -> FileEntry.directory(FilePath.root()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the root of a tree has no entry");
  }

  @Test
  void timesBeforeTheEpochAreKept() {
    Instant time = Instant.ofEpochSecond(-2, 999_999_999);
    assertThat(FileEntry.file(PATH, 0).modTime(time).modTime()).isEqualTo(time);
  }

  @Test
  void entriesAreEqualByContent() {
    EqualsVerifier.forClass(FileEntry.class).withNonnullFields("path", "type").verify();
  }
}
