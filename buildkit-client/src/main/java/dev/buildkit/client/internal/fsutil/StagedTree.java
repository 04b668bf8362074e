/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one local export before they are at their place.
 *
 * <p>They are received into a new private directory on the file system of the destination: below the
 * destination if it exists, else beside it. So nothing that is already in the destination can lead
 * astray what is received, and a transfer that fails leaves it as it was.
 *
 * <p>Several transfers may write at the same time. {@link #commit} and {@link #discard} may be called
 * when all of these have ended.
 */
public final class StagedTree {
  private static final Logger log = LoggerFactory.getLogger(StagedTree.class);

  private final Path destination;
  private final Path staging;
  private final Deque<Path> madeParents;
  private final Queue<ClosedDirectory> closedDirectories = new ConcurrentLinkedQueue<>();

  private StagedTree(Path destination, Path staging, Deque<Path> madeParents) {
    this.destination = destination;
    this.staging = staging;
    this.madeParents = madeParents;
  }

  /**
   * Makes the private directory, and the parents of the destination.
   *
   * @throws IOException if that is not possible; nothing is left behind
   */
  public static StagedTree create(Path destination) throws IOException {
    Deque<Path> madeParents = new ArrayDeque<>();
    try {
      if (Files.isDirectory(destination)) {
        Path existing = destination.toRealPath();
        return new StagedTree(existing, createPrivate(HiddenNames.in(existing)), madeParents);
      }
      createParents(destination, madeParents);
      return new StagedTree(
          destination, createPrivate(HiddenNames.beside(destination)), madeParents);
    } catch (IOException e) {
      deleteEmpty(madeParents);
      throw e;
    }
  }

  private static Path createPrivate(Path directory) throws IOException {
    FileAttribute<?>[] attributes = isPosix(directory)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
    return Files.createDirectory(directory, attributes);
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static void createParents(Path destination, Deque<Path> made) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path parent = destination.getParent();
        parent != null && !Files.isDirectory(parent);
        parent = parent.getParent()) {
      missing.push(parent);
    }
    for (Path parent : missing) {
      Files.createDirectory(parent);
      made.push(parent);
    }
  }

  /** Returns a receiver of one transfer into this tree. */
  public Receiver receiver() {
    return new Receiver(new TreeWriter(this));
  }

  Path root() {
    return staging;
  }

  /** Notes a directory that its owner may not enter or change, which comes true at the very end. */
  void closeLater(Path directory, EntryAttributes attributes) {
    closedDirectories.add(new ClosedDirectory(staging.relativize(directory), attributes));
  }

  /**
   * Moves all files to their place: at once if the destination does not exist, else one by one.
   *
   * @param mirror whether to delete what is in the destination and was not received
   * @throws IOException if that is not possible; what is not moved by then is deleted
   */
  public void commit(boolean mirror) throws IOException {
    try {
      if (Files.isDirectory(destination)) {
        new TreeMerge(staging, mirror).into(destination);
        Files.delete(staging);
      } else {
        Files.move(staging, destination, StandardCopyOption.ATOMIC_MOVE);
      }
      for (ClosedDirectory directory : closedDirectories) {
        directory.attributes.applyPermissions(destination.resolve(directory.path));
      }
    } catch (IOException e) {
      discard();
      throw e;
    }
  }

  /** Deletes what was received. */
  public void discard() {
    try {
      if (Files.exists(staging)) {
        TreeDeletion.delete(staging);
      }
      deleteEmpty(madeParents);
    } catch (IOException e) {
      log.warn("cannot delete the unfinished export {}", staging, e);
    }
  }

  private static void deleteEmpty(Deque<Path> madeParents) throws IOException {
    for (Path parent : madeParents) {
      if (!TreeDeletion.children(parent).isEmpty()) {
        return;
      }
      Files.delete(parent);
    }
  }

  private record ClosedDirectory(Path path, EntryAttributes attributes) {}
}
