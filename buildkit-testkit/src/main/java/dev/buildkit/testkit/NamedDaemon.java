/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.transport.TlsOptions;
import dev.buildkit.client.transport.Transport;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A daemon that somebody else started, by its address, and the directory with the files for TLS if it speaks it. */
record NamedDaemon(String address, Optional<Path> tlsDirectory) implements Daemon {
  private static final String HOST = "BUILDKIT_HOST";
  private static final String TLS_DIR = "BUILDKIT_TLS_DIR";

  /** Returns the daemon that the environment names, if it names one. */
  static Optional<NamedDaemon> of(Map<String, String> environment) {
    Optional<Path> tls = variable(environment, TLS_DIR).map(Path::of);
    return variable(environment, HOST).map(address -> new NamedDaemon(address, tls));
  }

  private static Optional<String> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  /** Returns this daemon if it answers. */
  Daemon find() {
    try {
      connect().close();
      return this;
    } catch (BuildKitException | IllegalArgumentException e) {
      return new Missing(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Missing("the thread was interrupted while it connected to " + address);
    }
  }

  @Override
  public Transport transport() {
    Transport plain = Transport.parse(address);
    return tlsDirectory.map(TlsOptions::directory).map(plain::tls).orElse(plain);
  }
}
