/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

/** Says that a daemon is there, but not behind the door that was tried; the next connection tries another one. */
public final class OtherDoorException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OtherDoorException(String message) {
    super(message);
  }
}
