/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.buildkit.client.file.FileEntry;
import dev.buildkit.client.file.FileTree;
import dev.buildkit.client.file.FileType;
import dev.buildkit.client.file.MemoryFileTree;
import dev.buildkit.client.internal.fsutil.FilteredWalk.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FilteredWalkTest {
  static Stream<Arguments> walks() {
    return rows("vectors_walk.json", "followpaths");
  }

  @ParameterizedTest
  @MethodSource("walks")
  void entriesPassAsInGo(FileTree tree, TreeFilter filter, JsonNode row) throws IOException {
    assertThat(described(tree, filter)).isEqualTo(Vectors.texts(row.get("walk")));
  }

  static Stream<Arguments> filters() {
    return rows("fsfilter.json", "follow");
  }

  @ParameterizedTest
  @MethodSource("filters")
  void pathsPassAsInGo(FileTree tree, TreeFilter filter, JsonNode row) throws IOException {
    if (row.has("error")) {
      // Go shows the list "[[a-]" where this shows the one broken pattern.
      assertThat(row.get("error").textValue())
          .isEqualTo("invalid includepatterns: [[a-]: syntax error in pattern");
      assertThatThrownBy(() -> described(tree, filter))
          .hasMessage("invalid includepatterns: syntax error in pattern: [a-");
      return;
    }
    assertThat(described(tree, filter).stream().map(it -> it.replaceFirst(" -> .*", "")))
        .isEqualTo(Vectors.texts(row.get("paths")));
    if (row.has("followLinks")) {
      List<String> follow = filter.followPaths().stream().map(ByteStrings::of).toList();
      assertThat(FollowPaths.resolve(tree, follow))
          .isEqualTo(Vectors.texts(row.get("followLinks")));
    }
  }

  private static Stream<Arguments> rows(String file, String followKey) {
    JsonNode vectors = Vectors.read(file);
    FileTree tree = tree(Vectors.texts(vectors.get("tree")));
    return Vectors.stream(vectors.get("cases")).map(row -> {
      TreeFilter filter = new TreeFilter(
          Vectors.texts(row.path("include")),
          Vectors.texts(row.path("exclude")),
          Vectors.texts(row.path(followKey)));
      return argumentSet(filter.toString(), tree, filter, row);
    });
  }

  /** Makes a tree of lines such as {@code dir/}, {@code link -> target}, {@code name (hard link of other)}. */
  private static FileTree tree(List<String> lines) {
    MemoryFileTree tree = MemoryFileTree.empty();
    for (String line : lines) {
      if (line.endsWith("/")) {
        tree = tree.addDirectory(line.substring(0, line.length() - 1));
      } else if (line.contains(" -> ")) {
        String[] link = line.split(" -> ", 2);
        tree = tree.addSymlink(link[0], link[1]);
      } else if (line.contains(" (hard link of ")) {
        String[] link = line.split(" \\(hard link of |\\)", 3);
        tree = tree.addHardLink(link[0], link[1]);
      } else {
        tree = tree.addFile(line, line);
      }
    }
    return tree;
  }

  private static List<String> described(FileTree tree, TreeFilter filter) throws IOException {
    FilteredWalk walk = new FilteredWalk(tree, PathFilter.of(tree, filter), () -> false);
    List<String> entries = new ArrayList<>();
    for (Step step = walk.next(); step != null; step = walk.next()) {
      entries.add(described(step.entry(), step.stat()));
    }
    return entries;
  }

  private static String described(FileEntry entry, Stat stat) {
    String link = new String(stat.linkName(), StandardCharsets.UTF_8);
    return entry.path()
        + (entry.type() == FileType.DIRECTORY ? "/" : "")
        + (link.isEmpty() ? "" : " -> " + link);
  }
}
