/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import java.util.concurrent.TimeUnit;
import org.rnorth.ducttape.TimeoutException;
import org.rnorth.ducttape.ratelimits.RateLimiterBuilder;
import org.rnorth.ducttape.unreliables.Unreliables;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/** Waits until buildkitd says that it listens, and no longer if it ends, as it does at a wrong configuration. */
final class BuildkitdRuns extends AbstractWaitStrategy {
  private static final String RUNS = "running server on ";

  private final String port;

  BuildkitdRuns(int port) {
    this.port = ":" + port;
    withRateLimiter(RateLimiterBuilder.newBuilder()
        .withRate(10, TimeUnit.SECONDS)
        .withConstantThroughput()
        .build());
  }

  @Override
  protected void waitUntilReady() {
    try {
      Unreliables.retryUntilTrue(
          (int) startupTimeout.toSeconds(),
          TimeUnit.SECONDS,
          () -> getRateLimiter().getWhenReady(() -> runs() || ended()));
    } catch (TimeoutException e) {
      throw new ContainerLaunchException("buildkitd did not listen after " + startupTimeout, e);
    }
    if (!runs()) {
      throw new ContainerLaunchException("buildkitd ended: " + lastLine());
    }
  }

  private boolean runs() {
    return waitStrategyTarget
        .getLogs()
        .lines()
        .anyMatch(line -> line.contains(RUNS) && line.contains(port));
  }

  private boolean ended() {
    return !waitStrategyTarget.isRunning();
  }

  /** It says what it does, and then why it ends. */
  private String lastLine() {
    return waitStrategyTarget
        .getLogs()
        .lines()
        .filter(line -> !line.isBlank())
        .reduce((earlier, later) -> later)
        .orElse("it said nothing");
  }
}
