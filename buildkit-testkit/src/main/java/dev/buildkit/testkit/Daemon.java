/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.BuildKitException;
import java.util.Map;

/** The daemon that tests use. Other ways to come by one than by its address belong here. */
record Daemon(String address) {
  private static final String VARIABLE = "BUILDKIT_HOST";
  private static final String NONE = "no BuildKit daemon to test with: ";

  /** Returns the daemon that the environment names; its address is empty where it names none. */
  static Daemon of(Map<String, String> environment) {
    return new Daemon(environment.getOrDefault(VARIABLE, ""));
  }

  BuildKitClient connect() {
    try {
      return BuildKitClient.connect(address);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("connect to " + address + ": the thread is interrupted", e);
    }
  }

  /** Returns why tests cannot use this daemon, or an empty text when it answers. */
  String problem() {
    if (address.isEmpty()) {
      return NONE + VARIABLE + " is not set;"
          + " set it to an address such as unix:///run/buildkit/buildkitd.sock";
    }
    try {
      connect().close();
      return "";
    } catch (BuildKitException | IllegalArgumentException e) {
      return NONE + e.getMessage();
    }
  }
}
