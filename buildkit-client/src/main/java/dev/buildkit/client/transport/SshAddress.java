/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.transport;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The command of an {@code ssh://} address.
 *
 * @param user empty for the one that ssh chooses
 * @param host a name or an IP address, without brackets
 * @param port empty for the one that ssh chooses
 * @param socket the path of the daemon's socket on the host; empty for its default
 */
record SshAddress(String user, String host, String port, String socket) {
  /** At the other end a shell reads the words, so nothing that means something to it may be among them. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/._@+=,-]+");

  private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._@+-]*");

  static SshAddress of(CommandAddress.Parts parts) {
    if (parts.user().indexOf(':') >= 0) {
      String shown = parts.address().replace(parts.user(), parts.user().replaceAll(":.*", ":***"));
      throw Addresses.invalid(shown, "it has a password", "use a key, and leave the password out");
    }
    if (!parts.query().isEmpty() || !parts.fragment().isEmpty()) {
      throw Addresses.invalid(
          parts.address(), "nothing may follow the path behind '?' or '#'", parts.form());
    }
    String host = parts.host().replaceAll("^\\[|]$", "");
    return new SshAddress(
        parts.user().isEmpty() ? "" : parts.require("user", parts.user(), USER.asMatchPredicate()),
        parts.require("host", host, HostName::isValid),
        parts.port(),
        // A slash alone is no socket.
        parts.path().length() <= 1
            ? ""
            : parts.require("socket path", parts.path(), PLAIN.asMatchPredicate()));
  }

  /** Returns the command that reaches a buildkitd on the host. */
  List<String> command() {
    List<String> buildctl = socket.isEmpty()
        ? List.of("buildctl")
        : List.of("buildctl", "--addr", UnixTransport.SCHEME + "://" + socket);
    return remote(buildctl, List.of("dial-stdio"));
  }

  /** Returns the command that reaches the API of a Docker Engine on the host. */
  List<String> dockerCommand() {
    List<String> docker = socket.isEmpty()
        ? List.of("docker")
        : List.of("docker", "--host", UnixTransport.SCHEME + "://" + socket);
    return remote(docker, List.of("system", "dial-stdio"));
  }

  private List<String> remote(List<String> program, List<String> arguments) {
    return Stream.of(
            List.of("ssh"),
            option("-l", user),
            option("-p", port),
            List.of("--", host),
            program,
            arguments)
        .flatMap(List::stream)
        .toList();
  }

  private static List<String> option(String name, String value) {
    return value.isEmpty() ? List.of() : List.of(name, value);
  }
}
