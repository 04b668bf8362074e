/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.buildkit.client.BuildKitClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.testkit.engine.EngineTestKit;

@IntegrationTest
class BuildkitdExtensionIT {
  private static final List<BuildKitClient> CLIENTS = new ArrayList<>();

  @BeforeEach
  void forget() {
    CLIENTS.clear();
  }

  @Test
  @Requires(Capability.VERSION)
  void aConnectedClientIsInjected(BuildKitClient client) throws InterruptedException {
    assertThat(client.info().version()).startsWith("v");
  }

  @Test
  void eachTestHasAClientOfItsOwnThatItSharesWithItsBeforeEach() {
    execute(ClientOfTheTest.class);
    assertThat(CLIENTS).hasSize(4);
    assertThat(CLIENTS.get(1)).isSameAs(CLIENTS.get(0));
    assertThat(CLIENTS.get(3)).isSameAs(CLIENTS.get(2)).isNotSameAs(CLIENTS.get(0));
  }

  @Test
  void theClientOfAClassIsAnother() {
    execute(ClientOfTheClass.class);
    assertThat(CLIENTS).doesNotHaveDuplicates().hasSize(3);
  }

  private static void execute(Class<?> tests) {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(tests))
        .execute()
        .allEvents()
        .assertStatistics(statistics -> statistics.failed(0).aborted(0));
    assertThat(LiveThreads.now()).as("threads of clients that should be closed").isEmpty();
  }

  @ExtendWith(BuildkitdExtension.class)
  static class ClientOfTheTest {
    @BeforeEach
    void before(BuildKitClient client) {
      CLIENTS.add(client);
    }

    @RepeatedTest(2)
    void test(BuildKitClient client) {
      CLIENTS.add(client);
    }
  }

  @ExtendWith({BuildkitdExtension.class, LeakExtension.class})
  static class ClientOfTheClass {
    @BeforeAll
    static void before(BuildKitClient client) {
      CLIENTS.add(client);
    }

    @RepeatedTest(2)
    void test(BuildKitClient client) {
      CLIENTS.add(client);
    }
  }
}
