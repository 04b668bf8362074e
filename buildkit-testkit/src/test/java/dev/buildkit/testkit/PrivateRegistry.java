/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A registry that belongs to one test: docker-registry as a process, over TLS, with images in memory. */
final class PrivateRegistry implements AutoCloseable {
  private static final Pattern LISTENING =
      Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+), tls");

  private final Process process;
  private final Path log;

  private PrivateRegistry(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a registry on a port of loopback that is free.
   *
   * @param auth the part of its configuration with that name
   */
  static PrivateRegistry start(
      String command, Path directory, TestCertificate certificate, String auth)
      throws IOException, GeneralSecurityException {
    Path config = Files.writeString(directory.resolve("registry.yml"), """
        version: 0.1
        log: {level: info}
        storage: {inmemory: {}}
        http:
          addr: 127.0.0.1:0
          tls: {certificate: %s, key: %s}
        auth: %s
        """.formatted(
            certificate.pem(), certificate.keyPem(), auth));
    Path log = directory.resolve("registry.log");
    Process process = new ProcessBuilder(command, "serve", config.toString())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
    PrivateRegistry registry = new PrivateRegistry(process, log);
    await().until(() -> registry.listening().find());
    return registry;
  }

  /** Returns the host as image references name it. */
  String host() throws IOException {
    Matcher listening = listening();
    if (!listening.find()) {
      throw new IllegalStateException(Files.readString(log));
    }
    return "localhost:" + listening.group(1);
  }

  private Matcher listening() throws IOException {
    return LISTENING.matcher(Files.readString(log));
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
