/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples;

import dev.buildkit.client.solve.SolveResult;
import dev.buildkit.llb.Digest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Shows what a solve exported. */
final class Listing {
  /** A busybox has hundreds of commands in one directory; the first few will do. */
  private static final int MAX_CHILDREN = 6;

  /** Lists an OCI archive and says which of its blobs is what. */
  static void printImage(Path archive, SolveResult result, PrintStream out) throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
        TarArchiveInputStream tar = new TarArchiveInputStream(file)) {
      TarArchiveEntry entry;
      while ((entry = tar.getNextEntry()) != null) {
        if (entry.isFile()) {
          out.printf("%,11d  %s%s%n", entry.getSize(), entry.getName(), role(entry, result));
        }
      }
    }
  }

  private static String role(TarArchiveEntry entry, SolveResult result) {
    if (isBlob(entry, result.imageDigest())) {
      return "  (manifest)";
    }
    if (isBlob(entry, result.configDigest())) {
      return "  (config)";
    }
    return entry.getName().startsWith("blobs/") ? "  (layer)" : "";
  }

  private static boolean isBlob(TarArchiveEntry entry, Optional<Digest> digest) {
    return digest
        .map(d -> entry.getName().equals("blobs/" + d.toString().replace(':', '/')))
        .orElse(false);
  }

  /** Draws a directory as a tree, with all at its top and the beginning of what is below. */
  static void printTree(Path directory, PrintStream out) throws IOException {
    printChildren(directory, "  ", Integer.MAX_VALUE, out);
  }

  private static void printChildren(Path directory, String indent, int max, PrintStream out)
      throws IOException {
    List<Path> children;
    try (Stream<Path> stream = Files.list(directory)) {
      children = stream.sorted().toList();
    }
    for (Path child : children.subList(0, Math.min(children.size(), max))) {
      out.println(indent + describe(child));
      if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
        printChildren(child, indent + "  ", MAX_CHILDREN, out);
      }
    }
    if (children.size() > max) {
      out.println(indent + "… and " + (children.size() - max) + " more");
    }
  }

  private static String describe(Path path) throws IOException {
    String name = path.getFileName().toString();
    if (Files.isSymbolicLink(path)) {
      return name + " -> " + Files.readSymbolicLink(path);
    }
    return Files.isDirectory(path)
        ? name + "/"
        : "%s (%,d bytes)".formatted(name, Files.size(path));
  }

  private Listing() {}
}
