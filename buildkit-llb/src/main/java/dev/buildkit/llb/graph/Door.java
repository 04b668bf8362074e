/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

/** Checks what an operation of a definition holds, which any program may have made. */
record Door(String digest) {
  /** Returns an index from -1 to below a limit. */
  int index(long value, long limit, String field) {
    if (value < -1 || value >= limit) {
      throw refuse(field + " must be between -1 and " + (limit - 1) + ", but is: " + value);
    }
    return (int) value;
  }

  /** Returns a failure that tells of an enum value without a name. */
  IllegalArgumentException unknown(String field, int value) {
    return new IllegalArgumentException("read graph: operation " + digest + ": " + field + " is "
        + value + ", which this version does not know; use a newer one");
  }

  /** Returns a failure for a reason. */
  IllegalArgumentException refuse(String reason) {
    return new IllegalArgumentException("read graph: operation " + digest + ": " + reason
        + "; make the definition anew with State.marshal or another BuildKit client");
  }
}
