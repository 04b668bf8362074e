/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Cases.args;

/** The graphs of the group {@code secret}. */
final class SecretCases {
  static final Cases CASES = new Cases("secret")
      .graph("file", () -> with(Secret.file("/run/secrets/tok", "/run/secrets/tok")))
      .graph(
          "file_options",
          () -> with(Secret.file("tok", "/s").owner(1000, 1001).mode(0640).optional()))
      .graph("as_env", () -> with(Secret.env("TOKEN", "TOKEN")))
      .graph("env_and_file", () -> with(Secret.file("id1", "/s").env("TOK")))
      .graph(
          "order",
          () -> State.image("alpine")
              .run(args("x")
                  .addSecret("/z", "/z")
                  .addSecret("/a", "/a")
                  .addMount("/m", State.scratch())))
      .graph("with_dest", () -> with(Secret.file("src", "/dest")))
      .graph("with_dest_nil_env_name", () -> with(Secret.env("src", "E").optional()));

  private SecretCases() {}

  private static State with(Secret secret) {
    return State.image("alpine").run(args("x").addSecret(secret));
  }
}
