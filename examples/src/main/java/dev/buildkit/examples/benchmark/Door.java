/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.benchmark;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.transport.TlsOptions;
import dev.buildkit.client.transport.Transport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The way to the daemon, in words that both clients have.
 *
 * @param tlsDirectory the files for TLS, if the daemon wants it
 */
record Door(String address, Optional<Path> tlsDirectory) {
  private static final String ADDRESS = "--addr";
  private static final String TLS = "--tlsdir";

  /** Returns what stands before {@code build} on the command line. */
  List<String> arguments() {
    return tlsDirectory
        .map(directory -> List.of(ADDRESS, address, TLS, directory.toString()))
        .orElseGet(() -> List.of(ADDRESS, address));
  }

  /** Understands what {@link #arguments} returns. */
  static Door parse(List<String> arguments) {
    int tls = arguments.indexOf(TLS);
    Optional<Path> directory =
        tls < 0 ? Optional.empty() : Optional.of(Path.of(arguments.get(tls + 1)));
    return new Door(arguments.get(arguments.indexOf(ADDRESS) + 1), directory);
  }

  /** Returns whether {@code buildctl} has this door, too. */
  boolean isOneOfBuildctl() {
    return !address.startsWith("docker:");
  }

  BuildKitClient connect() throws InterruptedException {
    Transport plain = Transport.parse(address);
    return BuildKitClient.builder(
            tlsDirectory.map(TlsOptions::directory).map(plain::tls).orElse(plain))
        .build();
  }
}
