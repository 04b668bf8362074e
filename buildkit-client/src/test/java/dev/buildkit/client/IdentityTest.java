/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdentityTest {
  @Test
  void idsHaveBuildKitsForm() {
    assertThat(Stream.generate(Identity::random).limit(1_000))
        .allMatch(id -> id.matches("[0-9a-z]{25}"));
  }

  @Test
  void idsDiffer() {
    assertThat(Stream.generate(Identity::random).limit(1_000)).doesNotHaveDuplicates();
  }
}
