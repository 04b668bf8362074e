/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Actions applied to a state inside a file operation, to copy files from their result.
 *
 * <p>They are carried out once for each operation, however often it copies from them.
 */
public final class FileChain {
  private final State base;
  private final FileStep last;

  FileChain(State base, List<FileAction> actions) {
    this.base = requireNonNull(base, "base");
    this.last = FileStep.chain(base, actions);
  }

  FileStep last() {
    return last;
  }

  State base() {
    return base;
  }

  @Override
  public String toString() {
    return "FileChain[" + last + "]";
  }
}
