/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import com.google.protobuf.Descriptors.FieldDescriptor;

/** How values of a field are compared and shown. */
interface Meaning {
  /** Every value stands for itself. */
  Meaning LITERAL = new Meaning() {};

  /** Returns whether a field counts at all. */
  default boolean counts(FieldDescriptor field) {
    return true;
  }

  /** Returns whether two values of a field mean the same. */
  default boolean isSame(FieldDescriptor field, Object before, Object after) {
    return before.equals(after);
  }

  /** Returns a value of the first graph as text. */
  default String before(FieldDescriptor field, Object value) {
    return ValueText.of(field, value, this::before);
  }

  /** Returns a value of the second graph as text. */
  default String after(FieldDescriptor field, Object value) {
    return ValueText.of(field, value, this::after);
  }

  /** Returns the meaning by which lists of different lengths are aligned. */
  default Meaning strict() {
    return this;
  }
}
