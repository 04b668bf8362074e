/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import dev.buildkit.client.session.RegistryAuth;
import dev.buildkit.client.transport.TlsOptions;
import dev.buildkit.examples.buildctl.flag.FlagException;
import dev.buildkit.examples.buildctl.flag.RegistryTlsFlag;
import dev.buildkit.examples.buildctl.flag.RegistryTlsFlag.KeyPair;
import dev.buildkit.examples.buildctl.flag.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

/** The credentials of Docker's tools, with what the command line says of TLS. */
final class Registries {
  private Registries() {}

  static RegistryAuth auth(Map<String, RegistryTlsFlag> flags, Surroundings surroundings)
      throws IOException {
    RegistryAuth auth = RegistryAuth.dockerConfig();
    for (Map.Entry<String, RegistryTlsFlag> flag : flags.entrySet()) {
      auth = auth.tls(flag.getKey(), options(flag.getValue(), surroundings));
    }
    return auth;
  }

  private static TlsOptions options(RegistryTlsFlag flag, Surroundings surroundings)
      throws IOException {
    TlsOptions options = trust(flag, surroundings);
    if (flag.keyPairs().size() > 1) {
      throw new FlagException("more than one client certificate for a registry is not supported"
          + " by this buildctl yet");
    }
    for (KeyPair pair : flag.keyPairs()) {
      options = options.clientCertificate(
          surroundings.path(pair.certificate()), surroundings.path(pair.key()));
    }
    return options;
  }

  private static TlsOptions trust(RegistryTlsFlag flag, Surroundings surroundings)
      throws IOException {
    if (flag.insecure()) {
      return TlsOptions.insecure();
    }
    if (flag.authorities().isEmpty()) {
      return TlsOptions.systemRoots();
    }
    StringBuilder certificates = new StringBuilder();
    for (String file : flag.authorities()) {
      certificates.append(Files.readString(surroundings.path(file))).append('\n');
    }
    return TlsOptions.trustingPem(certificates.toString());
  }
}
