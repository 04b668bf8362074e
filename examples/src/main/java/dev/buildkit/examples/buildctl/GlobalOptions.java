/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.transport.TlsOptions;
import dev.buildkit.client.transport.Transport;
import dev.buildkit.examples.buildctl.flag.FlagException;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of every command: where the daemon is, and how to talk to it and to the user. */
final class GlobalOptions {
  private static final Duration NO_LIMIT = Duration.ofDays(365);

  @Option(names = "--debug", scope = ScopeType.INHERIT, description = "say more about failures")
  boolean debug;

  @Option(
      names = "--addr",
      paramLabel = "string",
      scope = ScopeType.INHERIT,
      description =
          "address of the daemon; the default is $BUILDKIT_HOST, else the system's socket")
  String addr = "";

  @Option(
      names = "--log-format",
      paramLabel = "string",
      scope = ScopeType.INHERIT,
      description = "form of log messages: text or json")
  String logFormat = "text";

  @Option(
      names = "--tlsservername",
      paramLabel = "string",
      scope = ScopeType.INHERIT,
      description = "name that the daemon's certificate must have, if not that of the address")
  String tlsServerName = "";

  @Option(
      names = "--tlscacert",
      paramLabel = "string",
      scope = ScopeType.INHERIT,
      description = "file of the certificates that the daemon's is checked with")
  String tlsCaCert = "";

  @Option(
      names = "--tlscert",
      paramLabel = "string",
      scope = ScopeType.INHERIT,
      description = "file of this client's certificate")
  String tlsCert = "";

  @Option(
      names = "--tlskey",
      paramLabel = "string",
      scope = ScopeType.INHERIT,
      description = "file of this client's key")
  String tlsKey = "";

  @Option(
      names = "--tlsdir",
      paramLabel = "string",
      scope = ScopeType.INHERIT,
      description =
          "directory of all three files, ca.pem, cert.pem and key.pem, or ca.crt, tls.crt and tls.key")
  String tlsDir = "";

  @Option(
      names = "--timeout",
      paramLabel = "int",
      scope = ScopeType.INHERIT,
      description = "seconds that connecting may take; the default is 5, and 0 is no limit")
  int timeout = 5;

  @Option(
      names = "--wait",
      scope = ScopeType.INHERIT,
      description = "try again until the daemon answers or the timeout is over")
  boolean wait;

  /** Connects to the daemon that the options and the environment name. */
  BuildKitClient connect(Shell shell) throws InterruptedException {
    Optional<TlsOptions> tls = tls(shell);
    String address = address(shell);
    BuildKitClient.Builder client = address.isEmpty()
        ? BuildKitClient.builder()
        : BuildKitClient.builder(transport(Transport.parse(address), tls));
    client.connectTimeout(timeout());
    return (wait ? client.waitUntilReady(timeout()) : client).build();
  }

  private static Transport transport(Transport plain, Optional<TlsOptions> tls) {
    return tls.isPresent() ? plain.tls(tls.get()) : plain;
  }

  /** Returns the address that was given, or empty for the default. */
  String address(Shell shell) {
    return addr.isEmpty() ? shell.variables().getOrDefault("BUILDKIT_HOST", "") : addr;
  }

  Duration timeout() {
    return timeout > 0 ? Duration.ofSeconds(timeout) : NO_LIMIT;
  }

  /** Returns how to speak TLS; a name of the server alone does not ask for it. */
  private Optional<TlsOptions> tls(Shell shell) {
    boolean single = !(tlsCaCert + tlsCert + tlsKey).isEmpty();
    if (!tlsDir.isEmpty() && single) {
      throw new FlagException(
          "cannot specify tlsdir and tlscacert/tlscert/tlskey at the same time");
    }
    if (tlsDir.isEmpty() && !single) {
      return Optional.empty();
    }
    TlsOptions tls = tlsDir.isEmpty()
        ? singleFiles(shell)
        : TlsOptions.directory(shell.directory().resolve(tlsDir));
    return Optional.of(tlsServerName.isEmpty() ? tls : tls.serverName(tlsServerName));
  }

  private TlsOptions singleFiles(Shell shell) {
    TlsOptions tls = tlsCaCert.isEmpty()
        ? TlsOptions.systemRoots()
        : TlsOptions.trusting(shell.directory().resolve(tlsCaCert));
    if (tlsCert.isEmpty() && tlsKey.isEmpty()) {
      return tls;
    }
    return tls.clientCertificate(
        shell.directory().resolve(tlsCert), shell.directory().resolve(tlsKey));
  }
}
