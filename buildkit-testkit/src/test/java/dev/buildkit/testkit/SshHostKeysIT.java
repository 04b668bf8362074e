/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.session.SshHostKeys;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A real SSH server tells its keys. */
@ExtendWith(LeakExtension.class)
class SshHostKeysIT {
  @TempDir
  private Path directory;

  @Test
  void aServerTellsItsKey() throws Exception {
    try (Sshd sshd = Sshd.start(directory, directory)) {
      String[] key = Files.readString(directory.resolve("host.pub")).split(" ", 3);

      assertThat(SshHostKeys.scan("127.0.0.1", sshd.port()))
          .isEqualTo("[127.0.0.1]:" + sshd.port() + " " + key[0] + " " + key[1] + "\n");
    }
  }

  @Test
  void aPortWhereNobodyListensIsNamed() {
    assertThatThrownBy(() -> SshHostKeys.scan("127.0.0.1", 1))
        .isInstanceOfSatisfying(
            BuildKitException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
        .hasMessageStartingWith(
            "failed to scan for ssh host keys of 127.0.0.1 at port 1: it gave none");
  }

  @Test
  void anInterruptEndsTheWaitingForAServerThatSaysNothing() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> SshHostKeys.scan("127.0.0.1", silent.getLocalPort()))
          .isInstanceOf(InterruptedException.class);
    }
  }
}
