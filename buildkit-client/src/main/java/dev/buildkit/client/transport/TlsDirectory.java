/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.transport;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The three files of a directory as {@code buildctl --tlsdir} takes it, under Docker's names or those of a Kubernetes
 * secret.
 */
record TlsDirectory(Path ca, Path certificate, Path key) {

  static TlsDirectory of(Path directory) {
    Path absolute = directory.toAbsolutePath();
    if (!Files.isDirectory(absolute)) {
      throw new IllegalArgumentException(
          "TLS directory " + absolute + ": there is no such directory; correct the path");
    }
    return new TlsDirectory(
        find(absolute, "CA certificate", List.of("ca.pem", "ca.crt")),
        find(absolute, "client certificate", List.of("cert.pem", "tls.crt")),
        find(absolute, "client key", List.of("key.pem", "tls.key")));
  }

  private static Path find(Path directory, String what, List<String> names) {
    return names.stream()
        .map(directory::resolve)
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("TLS directory " + directory
            + ": there is no " + what + "; name it " + String.join(" or ", names)));
  }
}
