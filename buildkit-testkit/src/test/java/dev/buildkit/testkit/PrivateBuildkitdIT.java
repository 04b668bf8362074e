/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@IntegrationTest
class PrivateBuildkitdIT {
  @Test
  void aSpawnedDaemonAnswersUntilItIsKilled() {
    try (PrivateBuildkitd buildkitd = PrivateBuildkitd.spawn()) {
      Buildctl buildctl = new Buildctl(buildkitd.address());
      assertThat(buildctl.run("debug", "workers").orFail().out()).contains("PLATFORMS");

      buildkitd.kill();

      assertThat(buildctl.run("--timeout", "1", "debug", "workers").exitCode()).isNotZero();
    }
  }
}
