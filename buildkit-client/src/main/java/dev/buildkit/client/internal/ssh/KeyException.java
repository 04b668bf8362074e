/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.ssh;

/** What is wrong with a key, in words that show nothing of it. What the JDK says of keys may, so there is no cause. */
final class KeyException extends Exception {
  private static final long serialVersionUID = 1L;

  KeyException(String problem) {
    super(problem);
  }
}
