/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.buildkit.api.OpsProto.Input;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The inputs of one operation, in the order of their first use; equal ones are shared. */
final class Inputs {
  /** Stands for the empty file system, which is no input. */
  static final int NONE = -1;

  private final MarshalContext context;
  private final Map<Input, Integer> indexes = new LinkedHashMap<>();

  Inputs(MarshalContext context) {
    this.context = context;
  }

  /** Returns the index of {@code output} among the inputs, after adding it if it is new. */
  @CanIgnoreReturnValue
  int add(@Nullable Output output) {
    Output.OfVertex resolved = context.resolve(output);
    return resolved == null
        ? NONE
        : indexes.computeIfAbsent(context.input(resolved), added -> indexes.size());
  }

  int size() {
    return indexes.size();
  }

  Iterable<Input> all() {
    return indexes.keySet();
  }
}
