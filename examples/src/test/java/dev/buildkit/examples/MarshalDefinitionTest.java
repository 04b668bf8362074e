/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarshalDefinitionTest {
  @Test
  void describesAGraphThatReadsTheSources() {
    assertThat(MarshalDefinition.goBinary().head()).isPresent();
    assertThat(MarshalDefinition.goBinary().localNames()).containsExactly("src");
  }
}
