/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {
  @Test
  void idAndPlaceAreGiven() {
    assertRefused(
        () -> Secret.file("", "/s"),
        "secret: id is empty; give the id under which the client has it");
    assertRefused(
        () -> Secret.file("id", ""), "secret id: target is empty; give the path of the file");
    assertRefused(
        () -> Secret.env("id", ""), "secret id: variable is empty; give the name of the variable");
    assertRefused(
        () -> Secret.file("id", "/s").env(""),
        "secret id: variable is empty; give the name of the variable");
  }

  @Test
  void ownerAndModeArePossible() {
    Secret secret = Secret.file("id", "/s");

    assertRefused(
        () -> secret.owner(-1, 0), "uid must not be negative, but was: -1; use 0 for root");
    assertRefused(
        () -> secret.owner(0, -5), "gid must not be negative, but was: -5; use 0 for root");
    assertRefused(
        () -> secret.mode(010000),
        "mode must be between 0 and 07777, but was: 010000; write it in octal, such as 0644");
    assertRefused(
        () -> secret.mode(-1),
        "mode must be between 0 and 07777, but was: 037777777777; write it in octal, such as 0644");
  }

  @Test
  void theTextNamesTheId() {
    assertThat(Secret.file("id", "/s").env("E")).hasToString("Secret[id at /s in E]");
  }

  @Test
  void socketsAreChecked() {
    assertRefused(
        () -> SshSocket.of(""), "ssh socket: id is empty; use SshSocket.ofDefaultAgent()");
    assertRefused(
        () -> SshSocket.of("a").mode(-1),
        "mode must be between 0 and 07777, but was: 037777777777; write it in octal, such as 0644");
    assertThat(SshSocket.ofDefaultAgent()).hasToString("SshSocket[default]");
    assertThat(SshSocket.of("a")).hasToString("SshSocket[a]");
  }

  @Test
  void proxiesAreNamedWithoutTheirAddresses() {
    assertThat(ProxyEnv.none().httpProxy("http://user:password@proxy"))
        .hasToString("ProxyEnv[http_proxy]");
  }
}
