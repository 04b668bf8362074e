/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An action in its place in a file operation.
 *
 * @param base is the state that the chain of actions begins with
 * @param previous is the action before it; null for the first
 */
record FileStep(FileAction action, State base, @Nullable FileStep previous) {
  /** Returns the last of {@code actions}, applied to {@code base} one after the other. */
  static FileStep chain(State base, List<FileAction> actions) {
    FileStep last = null;
    for (FileAction action : actions) {
      last = new FileStep(action, base, last);
    }
    if (last == null) {
      throw new IllegalArgumentException(
          "file: action is required; give at least one, such as FileAction.mkdir(\"/app\", 0755)");
    }
    return last;
  }

  /** Returns the step whose result is copied from; null if there is none. */
  @Nullable
  FileStep copied() {
    return action instanceof CopyAction copy && copy.chain() != null
        ? copy.chain().last()
        : null;
  }

  /** Returns the steps that come before this one. */
  List<FileStep> before() {
    List<FileStep> before = new ArrayList<>();
    if (previous != null) {
      before.add(previous);
    }
    FileStep copied = copied();
    if (copied != null) {
      before.add(copied);
    }
    return before;
  }

  /** Returns the output that is copied from; null if there is none. */
  @Nullable
  Output source() {
    return action instanceof CopyAction copy ? copy.source() : null;
  }

  // Identity: equal steps of different chains are different steps, and comparing chains is deep.
  @Override
  public boolean equals(Object o) {
    return this == o;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return action.toString();
  }
}
