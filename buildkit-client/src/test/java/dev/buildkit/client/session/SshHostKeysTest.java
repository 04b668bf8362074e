/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshHostKeysTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "-f/etc/passwd", "a b", "a,b", "a/b", "a\nb"})
  void whatIsNoHostReachesNoProgram(String host) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SshHostKeys.scan(host))
        .withMessage(
            "scan for ssh host keys: \"" + host + "\" is no host; give a name or an IP address");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65536})
  void whatIsNoPortIsRefused(int port) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SshHostKeys.scan("localhost", port))
        .withMessage("scan for ssh host keys of localhost: port must be between 1 and 65535, but"
            + " was: " + port + "; the usual one is 22");
  }

  @Test
  void withoutTheProgramTheRemedyIsNamed() {
    assertThatThrownBy(() -> SshHostKeys.scan("no-such-program-here", "localhost", 22))
        .isInstanceOfSatisfying(
            BuildKitException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
        .hasMessage("failed to scan for ssh host keys of localhost at port 22: no-such-program-here"
            + " cannot be started; install OpenSSH's client programs, or pass lines of a"
            + " known_hosts file to the source");
  }
}
