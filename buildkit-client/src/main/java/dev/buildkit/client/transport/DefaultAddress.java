/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.transport;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where a daemon is expected when nobody says where, in an environment of the given variables and user. */
record DefaultAddress(Map<String, String> environment, String user) {

  private static final Path SOCKET = Path.of("buildkit", "buildkitd.sock");
  private static final Path SYSTEM_SOCKET = Path.of("/run").resolve(SOCKET);

  Transport transport() {
    String host = environment.getOrDefault("BUILDKIT_HOST", "");
    if (!host.isEmpty()) {
      return fromVariable(host);
    }
    // The variable may list several directories; the daemon takes the first.
    String runtimeDir = environment.getOrDefault("XDG_RUNTIME_DIR", "").split(":", -1)[0];
    if (!user.equals("root") && !runtimeDir.isEmpty()) {
      Path own = Path.of(runtimeDir).resolve(SOCKET);
      if (Files.exists(own)) {
        return Transport.unix(own);
      }
    }
    return Transport.unix(SYSTEM_SOCKET);
  }

  private static Transport fromVariable(String host) {
    try {
      return Transport.parse(host);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "environment variable BUILDKIT_HOST: " + e.getMessage(), e);
    }
  }
}
