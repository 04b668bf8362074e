/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import java.util.Map;

/**
 * Brings a file system from outside.
 *
 * @param identifier with a scheme that tells the kind, such as {@code docker-image://} or {@code local://}
 * @param attrs options, such as {@code image.resolvemode}, in the order of their names
 */
public record SourceOp(String identifier, Map<String, String> attrs) implements Op {
  /** Copies the options. */
  public SourceOp {
    attrs = Copies.sorted(attrs);
  }
}
