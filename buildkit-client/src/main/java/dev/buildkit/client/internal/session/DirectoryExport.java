/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import dev.buildkit.client.internal.fsutil.DiskProblem;
import dev.buildkit.client.internal.fsutil.StagedTree;
import io.grpc.Metadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An exporter whose result is a tree of files, in one call or in one for each platform. */
final class DirectoryExport implements Export {
  private final Path destination;
  private final boolean mirror;
  private final Gate gate = new Gate();
  private final Object lock = new Object();
  private final List<TreeTransfer> transfers = new ArrayList<>();
  private @Nullable StagedTree tree;

  DirectoryExport(Path destination, boolean mirror) {
    this.destination = destination;
    this.mirror = mirror;
  }

  @Override
  public Gate gate() {
    return gate;
  }

  /** A daemon that cannot send all platforms in one call would have each call delete the others. */
  @Override
  public Transfer open(Metadata headers) throws IOException {
    if (mirror && !FileSendHeaders.isMultiPlatform(headers)) {
      throw new IOException(
          "the daemon cannot delete what is not in the result; it needs BuildKit 0.31 or later");
    }
    synchronized (lock) {
      if (tree == null) {
        tree = StagedTree.create(destination);
      }
      TreeTransfer transfer = new TreeTransfer(tree.receiver());
      transfers.add(transfer);
      return transfer;
    }
  }

  @Override
  public IOException failure(Exception cause) {
    return DiskProblem.exporting(destination.toString(), cause);
  }

  @Override
  public void unblock() {
    // Writes to files end by themselves.
  }

  @Override
  public boolean commitsLast() {
    return true;
  }

  /** A result without files comes in no call at all. */
  @Override
  public void commit() throws IOException {
    synchronized (lock) {
      if (!transfers.stream().allMatch(TreeTransfer::isStored)) {
        discard();
        throw new IOException("the solve ended, but the daemon did not send everything");
      }
      if (tree == null) {
        Files.createDirectories(destination);
      } else {
        tree.commit(mirror);
      }
    }
  }

  @Override
  public void discard() {
    synchronized (lock) {
      if (tree != null) {
        tree.discard();
      }
    }
  }

  @Override
  public String toString() {
    return "export to " + destination;
  }
}
