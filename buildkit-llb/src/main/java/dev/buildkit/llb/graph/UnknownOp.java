/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import java.nio.ByteBuffer;

/**
 * An operation of a BuildKit that is newer than this library.
 *
 * @param content its fields as they are encoded in the protocol
 */
public record UnknownOp(ByteBuffer content) implements Op {
  /** Copies the content. */
  public UnknownOp {
    content = Copies.bytes(content);
  }

  /** Returns the content; reading from it does not change the operation. */
  @Override
  public ByteBuffer content() {
    return content.asReadOnlyBuffer();
  }
}
