/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.transport;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * TLS as Docker's own tools have it.
 *
 * @param directory has the PEM files
 * @param verified whether the engine must prove who it is
 * @param systemRoots whether the authorities that this JVM trusts stand in for a missing {@code ca.pem}
 */
record DockerTls(Path directory, boolean verified, boolean systemRoots) {

  /** Returns the way to an engine with TLS if it is there and the way is one that it could protect. */
  static Transport protect(Transport engine, Optional<DockerTls> tls) {
    return engine instanceof TcpTransport && tls.isPresent()
        ? engine.tls(tls.get().options())
        : engine;
  }

  private TlsOptions options() {
    Path certificate = directory.resolve("cert.pem");
    TlsOptions server = server(directory.resolve("ca.pem"));
    return Files.exists(certificate)
        ? server.clientCertificate(certificate, directory.resolve("key.pem"))
        : server;
  }

  private TlsOptions server(Path ca) {
    if (!verified) {
      return TlsOptions.insecure();
    }
    return systemRoots && !Files.exists(ca) ? TlsOptions.systemRoots() : TlsOptions.trusting(ca);
  }
}
