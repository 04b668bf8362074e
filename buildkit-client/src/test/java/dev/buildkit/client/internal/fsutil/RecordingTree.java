/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import dev.buildkit.client.file.FileEntry;
import dev.buildkit.client.file.FilePath;
import dev.buildkit.client.file.FileTree;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A tree that notes which directories are listed, and fails for some. */
final class RecordingTree implements FileTree {
  private final FileTree tree;
  private final List<String> listed = new ArrayList<>();
  private final Map<FilePath, IOException> failures = new HashMap<>();

  RecordingTree(FileTree tree) {
    this.tree = tree;
  }

  RecordingTree fail(String directory, IOException failure) {
    failures.put(FilePath.of(directory), failure);
    return this;
  }

  List<String> listed() {
    return listed;
  }

  @Override
  public List<FileEntry> list(FilePath directory) throws IOException {
    listed.add(directory.toString());
    IOException failure = failures.get(directory);
    if (failure != null) {
      throw failure;
    }
    return tree.list(directory);
  }

  @Override
  public ReadableByteChannel open(FilePath file) throws IOException {
    return tree.open(file);
  }
}
