/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Cases.args;

/** The graphs of the group {@code ssh}. */
final class SshCases {
  private static final State ALPINE = State.image("alpine");

  static final Cases CASES = new Cases("ssh")
      .graph("default", () -> ALPINE.run(args("x").addSshSocket()))
      .graph(
          "options",
          () -> ALPINE.run(args("x")
              .addSshSocket(
                  SshSocket.of("mykey").target("/agent").owner(1, 2).mode(0666).optional())))
      .graph(
          "two_sockets",
          () -> ALPINE.run(args("x")
              .addSshSocket(SshSocket.of("a").target("/custom"))
              .addSshSocket(SshSocket.of("b"))))
      .graph(
          "auth_sock_present",
          () -> ALPINE.addEnv("SSH_AUTH_SOCK", "/mine").run(args("x").addSshSocket()))
      .graph(
          "with_secret_and_caps_empty",
          () -> ALPINE.addEnv("A", "1").run(args("x").addSshSocket().addSecret("/s", "/s")));

  private SshCases() {}
}
