/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.transport.TlsOptions;
import dev.buildkit.client.transport.Transport;
import java.nio.file.Path;
import java.time.Duration;

/** Connects to a daemon that asks for mutual TLS: host, port, and a directory with certificates. */
final class ConnectWithTls {
  public static void main(String[] args) throws InterruptedException {
    String host = args[0];
    int port = Integer.parseInt(args[1]);
    Path certs = Path.of(args[2]);

    TlsOptions tls = TlsOptions.trusting(certs.resolve("ca.pem"))
        .clientCertificate(certs.resolve("cert.pem"), certs.resolve("key.pem"));

    try (BuildKitClient client = BuildKitClient.builder(Transport.tls(host, port, tls))
        .connectTimeout(Duration.ofSeconds(5))
        .build()) {
      System.out.println(client.address() + " " + client.info().version());
    }
  }

  private ConnectWithTls() {}
}
