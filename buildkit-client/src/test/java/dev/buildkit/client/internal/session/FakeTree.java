/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import dev.buildkit.client.file.FileEntry;
import dev.buildkit.client.file.FilePath;
import dev.buildkit.client.file.FileTree;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.List;

/** A tree of which a test replaces a part. */
class FakeTree implements FileTree {
  private final FileTree tree;

  FakeTree(FileTree tree) {
    this.tree = tree;
  }

  @Override
  public List<FileEntry> list(FilePath directory) throws IOException {
    return tree.list(directory);
  }

  @Override
  public ReadableByteChannel open(FilePath file) throws IOException {
    return tree.open(file);
  }
}
