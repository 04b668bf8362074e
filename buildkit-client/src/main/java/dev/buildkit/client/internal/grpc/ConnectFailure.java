/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.grpc;

import java.io.IOException;

/** Why no connection came about, by one who knows it in full: what is wrong, and what to do. */
public final class ConnectFailure extends IOException {

  private static final long serialVersionUID = 1;

  /** Creates a failure with its text, such as {@code no such container: bk; start it}. */
  public ConnectFailure(String wrongAndRemedy) {
    super(wrongAndRemedy);
  }
}
