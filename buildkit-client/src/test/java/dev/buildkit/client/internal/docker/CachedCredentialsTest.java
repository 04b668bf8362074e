/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CachedCredentialsTest {
  private static final RegistryHost HOST = RegistryHost.of("ghcr.io");
  private static final Optional<AuthConfig> LOGIN = Optional.of(AuthConfig.password("me", "pw"));

  private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
  private final List<RegistryHost> asked = new ArrayList<>();
  private Optional<AuthConfig> answer = LOGIN;
  private final CachedCredentials cache = new CachedCredentials(this::ask, nanoTime::get);

  @Test
  void whatWasFoundIsKeptFor4MinutesAnd50Seconds() {
    assertThat(cache.find(HOST)).isEqualTo(LOGIN);
    pass(Duration.ofSeconds(289));
    assertThat(cache.find(HOST)).isEqualTo(LOGIN);
    assertThat(asked).hasSize(1);

    pass(Duration.ofSeconds(1));
    assertThat(cache.find(HOST)).isEqualTo(LOGIN);
    assertThat(asked).hasSize(2);
  }

  @Test
  void hostsAreKeptApart() {
    RegistryHost other = RegistryHost.of("quay.io");
    var unused = cache.find(HOST);
    answer = Optional.empty();

    assertThat(cache.find(other)).isEmpty();
    assertThat(asked).containsExactly(HOST, other);
  }

  @Test
  void whatWasNotFoundIsLookedForAgain() {
    answer = Optional.empty();
    assertThat(cache.find(HOST)).isEmpty();
    answer = LOGIN;

    assertThat(cache.find(HOST)).isEqualTo(LOGIN);
  }

  @Test
  void failuresAreNotKept() {
    CachedCredentials failing = new CachedCredentials(host -> {
      if (asked.isEmpty()) {
        asked.add(host);
        throw new IllegalStateException("locked");
      }
      return LOGIN;
    });

    assertThatThrownBy(() -> failing.find(HOST)).hasMessage("locked");
    assertThat(failing.find(HOST)).isEqualTo(LOGIN);
  }

  private Optional<AuthConfig> ask(RegistryHost host) {
    asked.add(host);
    return answer;
  }

  private void pass(Duration time) {
    nanoTime.addAndGet(time.toNanos());
  }
}
