/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.fuzz;

import dev.buildkit.llb.Constraints;
import dev.buildkit.llb.Definition;
import dev.buildkit.llb.State;
import java.util.Arrays;

/**
 * A target for Jazzer: any bytes are a definition that can be used, or refused with the documented exception.
 *
 * <p>{@code .ci/fuzz SECONDS} runs it.
 */
public final class DefinitionFuzzer {
  private DefinitionFuzzer() {}

  /** Reads the bytes; Jazzer takes every other exception, and every error, for a finding. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    Definition definition;
    try {
      definition = Definition.parse(bytes);
    } catch (IllegalArgumentException refused) {
      return;
    }
    if (!definition.equals(Definition.parse(definition.toByteArray()))) {
      throw new IllegalStateException("parsed again it differs: " + Arrays.toString(bytes));
    }
    Definition again = State.from(definition).marshal(Constraints.none());
    if (!again.head().equals(definition.head())) {
      throw new IllegalStateException("its state has another result: " + Arrays.toString(bytes));
    }
  }
}
