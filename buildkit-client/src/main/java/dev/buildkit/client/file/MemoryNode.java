/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.file;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An entry of a {@link MemoryFileTree} with its content or its children, which are by name; never changed. */
record MemoryNode(FileEntry entry, ByteBuffer content, Map<FilePath, MemoryNode> children) {
  private static final ByteBuffer NO_CONTENT = ByteBuffer.allocate(0);

  static MemoryNode file(FileEntry entry, ByteBuffer content) {
    return new MemoryNode(entry, content, Map.of());
  }

  static MemoryNode of(FileEntry entry) {
    return new MemoryNode(entry, NO_CONTENT, Map.of());
  }

  static MemoryNode root() {
    Attributes attributes = new Attributes(0755, 0, 0, 0, 0);
    return of(new FileEntry(FilePath.root(), FileType.DIRECTORY, attributes, Details.NONE));
  }

  boolean isDirectory() {
    return entry.type() == FileType.DIRECTORY;
  }

  @Nullable
  MemoryNode child(FilePath name) {
    return children.get(name);
  }

  MemoryNode entry(FileEntry newEntry) {
    return new MemoryNode(newEntry, content, children);
  }

  MemoryNode addChild(MemoryNode child) {
    Map<FilePath, MemoryNode> more = new HashMap<>(children);
    more.put(child.entry.path().name(), child);
    return new MemoryNode(entry, content, Collections.unmodifiableMap(more));
  }

  List<FileEntry> list() {
    return children.values().stream().map(MemoryNode::entry).toList();
  }
}
