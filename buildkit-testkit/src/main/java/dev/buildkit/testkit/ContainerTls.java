/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import dev.buildkit.client.transport.TlsOptions;
import dev.buildkit.testkit.CertificateAuthority.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** Mutual TLS between a daemon in a container and this process: files for the one, options for the other. */
final class ContainerTls {
  private static final String CA = "/etc/buildkit/tls/ca.pem";
  private static final String CERTIFICATE = "/etc/buildkit/tls/cert.pem";
  private static final String KEY = "/etc/buildkit/tls/key.pem";

  /** The arguments that make buildkitd use the files. */
  static final List<String> ARGUMENTS =
      List.of("--tlscacert", CA, "--tlscert", CERTIFICATE, "--tlskey", KEY);

  private final String authority;
  private final Identity server;
  private final Identity client;

  /** Makes new keys for a daemon that clients reach under the given name or IP address. */
  ContainerTls(String host) {
    CertificateAuthority ca = new CertificateAuthority();
    this.authority = ca.certificate();
    this.server = ca.server(host, "localhost");
    this.client = ca.client();
  }

  /** Returns the text of each file that the container needs, by its path. */
  Map<String, String> files() {
    return Map.of(CA, authority, CERTIFICATE, server.certificate(), KEY, server.key());
  }

  /** Writes the client's side as files that only the owner may read. */
  void writeClientFiles(Path directory) throws IOException {
    Files.createDirectories(directory);
    Map<String, String> files =
        Map.of("ca.pem", authority, "cert.pem", client.certificate(), "key.pem", client.key());
    for (Map.Entry<String, String> file : files.entrySet()) {
      // Temporary files are for their owner alone from the beginning.
      Path partial = Files.createTempFile(directory, file.getKey(), ".tmp");
      Files.writeString(partial, file.getValue());
      Files.move(partial, directory.resolve(file.getKey()), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  TlsOptions clientOptions() {
    return TlsOptions.trustingPem(authority)
        .clientCertificatePem(client.certificate(), client.key());
  }
}
