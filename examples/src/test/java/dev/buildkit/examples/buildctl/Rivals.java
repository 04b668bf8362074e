/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.examples.buildctl.Program.Outcome;
import java.nio.file.Path;
import java.util.List;

/** What Go's buildctl and this one did with the same command line. */
record Rivals(Outcome go, Outcome java) {
  static Rivals run(Path directory, String... args) throws Exception {
    return run(directory, new byte[0], args);
  }

  static Rivals run(Path directory, byte[] in, String... args) throws Exception {
    return new Rivals(
        Program.ofGo().run(directory, in, List.of(args)),
        Program.ofJava().run(directory, in, List.of(args)));
  }

  /** Checks that both ended alike and wrote the same to standard output. */
  Rivals sameOutput() {
    assertThat(java.code()).as(java.err()).isEqualTo(go.code());
    assertThat(java.out()).isEqualTo(go.out());
    return this;
  }

  /** Checks that both told the same failure in the last line of standard error. */
  Rivals sameError() {
    assertThat(java.error()).isEqualTo(go.error());
    return this;
  }

  /** Checks that both wrote the same to standard error. */
  Rivals sameMessages() {
    assertThat(java.err()).isEqualTo(go.err());
    return this;
  }
}
