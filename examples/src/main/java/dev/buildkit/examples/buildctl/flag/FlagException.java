/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.flag;

/** A flag with a value that it cannot have. */
public final class FlagException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the failure with a message for the user. */
  public FlagException(String message) {
    super(message);
  }
}
