/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.transport.Transport;
import dev.buildkit.examples.buildctl.flag.FlagException;
import java.time.Duration;
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
    requireNoTls();
    BuildKitClient.Builder client =
        BuildKitClient.builder(transport(shell)).connectTimeout(timeout());
    return (wait ? client.waitUntilReady(timeout()) : client).build();
  }

  private Transport transport(Shell shell) {
    String address = address(shell);
    return address.isEmpty() ? Transport.fromEnvironment() : Transport.parse(address);
  }

  /** Returns the address that was given, or empty for the default. */
  String address(Shell shell) {
    return addr.isEmpty() ? shell.variables().getOrDefault("BUILDKIT_HOST", "") : addr;
  }

  Duration timeout() {
    return timeout > 0 ? Duration.ofSeconds(timeout) : NO_LIMIT;
  }

  private void requireNoTls() {
    boolean single = !(tlsCaCert + tlsCert + tlsKey).isEmpty();
    if (!tlsDir.isEmpty() && single) {
      throw new FlagException(
          "cannot specify tlsdir and tlscacert/tlscert/tlskey at the same time");
    }
    if (single || !(tlsDir + tlsServerName).isEmpty()) {
      throw new FlagException("TLS is not supported by this buildctl yet");
    }
  }
}
