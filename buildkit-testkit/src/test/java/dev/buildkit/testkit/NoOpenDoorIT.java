/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.file.FileEntry;
import dev.buildkit.client.file.FilePath;
import dev.buildkit.client.file.FileTree;
import dev.buildkit.client.file.MemoryFileTree;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.llb.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Nobody else on the machine can read what a client sends: there is nothing to connect to. */
@IntegrationTest
@EnabledOnOs(OS.LINUX)
class NoOpenDoorIT {
  @Test
  void aListeningSocketIsSeen() throws IOException {
    Set<String> before = listening();
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(door.isBound()).isTrue();
      assertThat(listening()).hasSize(before.size() + 1);
    }
  }

  @Test
  void nothingListensWhileTheDaemonReads(BuildKitClient client) throws Exception {
    Set<String> before = listening();
    Watched tree = new Watched(MemoryFileTree.empty().addFile("secret.txt", "secret"));

    client.solve(SolveRequest.definition(State.local("watched").marshal())
        .localDir("watched", tree)
        .build());

    assertThat(tree.listening).isNotEmpty().allMatch(before::equals);
  }

  /** Returns the inodes of the sockets of this process that take connections. */
  private static Set<String> listening() throws IOException {
    Set<String> doors = new HashSet<>();
    for (String table : List.of("tcp", "tcp6")) {
      doors.addAll(inodes(table, "0A", 9));
    }
    doors.addAll(inodes("unix", "00010000", 6));
    doors.removeIf(inode -> OpenFiles.now().values().stream()
        .noneMatch(file -> file.endsWith("socket:[" + inode + "]")));
    return doors;
  }

  /** Reads a table of sockets whose fourth column says in which state each is. */
  private static List<String> inodes(String table, String state, int column) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/net", table))) {
      return lines
          .map(line -> line.strip().split(" +"))
          .filter(columns -> columns[3].equals(state))
          .map(columns -> columns[column])
          .toList();
    }
  }

  /** Notes which sockets listen each time that the daemon reads something. */
  private static final class Watched implements FileTree {
    private final FileTree tree;
    private final List<Set<String>> listening = new CopyOnWriteArrayList<>();

    Watched(FileTree tree) {
      this.tree = tree;
    }

    @Override
    public List<FileEntry> list(FilePath directory) throws IOException {
      listening.add(NoOpenDoorIT.listening());
      return tree.list(directory);
    }

    @Override
    public ReadableByteChannel open(FilePath file) throws IOException {
      listening.add(NoOpenDoorIT.listening());
      return tree.open(file);
    }
  }
}
