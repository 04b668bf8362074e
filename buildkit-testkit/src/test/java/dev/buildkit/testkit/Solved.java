/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.State;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** What a graph turned out to yield: its files with owners, modes and times, as a daemon packs them. */
record Solved(Map<String, Entry> entries) {
  /** One file, directory or link. */
  static final class Entry {
    private final TarArchiveEntry header;
    private final byte[] content;

    private Entry(TarArchiveEntry header, byte[] content) {
      this.header = header;
      this.content = content;
    }

    TarArchiveEntry header() {
      return header;
    }

    byte[] content() {
      return content;
    }

    String text() {
      return new String(content, UTF_8);
    }

    /** Returns the permissions in octal, such as {@code 0644}. */
    String mode() {
      return "%04o".formatted(header.getMode() & 07777);
    }

    /** Returns the owner, such as {@code 1000:1000}. */
    String owner() {
      return header.getLongUserId() + ":" + header.getLongGroupId();
    }

    Instant modified() {
      return header.getLastModifiedTime().toInstant();
    }

    String linkTarget() {
      return header.getLinkName();
    }
  }

  /** Solves a state. */
  static Solved of(BuildKitClient client, State state) throws InterruptedException, IOException {
    return of(client, SolveRequest.definition(state.marshal()));
  }

  /** Solves a request that exports nothing yet. */
  static Solved of(BuildKitClient client, SolveRequest.Builder request)
      throws InterruptedException, IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    client.solve(request.export(Exporter.tar(tar)).build());
    Map<String, Entry> entries = new TreeMap<>();
    try (TarArchiveInputStream in =
        new TarArchiveInputStream(new ByteArrayInputStream(tar.toByteArray()))) {
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName().replaceFirst("/$", ""), new Entry(entry, in.readAllBytes()));
      }
    }
    return new Solved(entries);
  }

  /** Returns what a command leaves in its directory {@code /out}, which it gets empty. */
  static State out(State base, Exec exec) {
    return base.run(exec.addMount("/out", State.scratch())).mount("/out");
  }

  /** Solves a command line of busybox that writes to {@code /out}. */
  static Solved shell(BuildKitClient client, String commandLine)
      throws InterruptedException, IOException {
    return of(client, out(State.image("busybox"), Exec.shell(commandLine)));
  }

  Entry entry(String path) {
    Entry entry = entries.get(path);
    if (entry == null) {
      throw new AssertionError("no " + path + " among " + entries.keySet());
    }
    return entry;
  }

  String text(String path) {
    return entry(path).text();
  }

  Set<String> names() {
    return entries.keySet();
  }
}
