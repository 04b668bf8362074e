/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.buildkit.client.BuildKitClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.RegisterExtension;
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

  @Test
  void aLeakExtensionThatOnlySeesTestsCannotShareItsClient() {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(LeaksOfEachTest.class))
        .execute()
        .testEvents()
        .assertThatEvents()
        .haveExactly(
            1,
            finishedWithFailure(
                instanceOf(ExtensionConfigurationException.class),
                message(text -> text.endsWith("make the field static"))));
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

  @ExtendWith(BuildkitdExtension.class)
  static class LeaksOfEachTest {
    @RegisterExtension
    final LeakExtension leaks = LeakExtension.create();

    @BeforeAll
    static void before(BuildKitClient client) {
      CLIENTS.add(client);
    }

    @Test
    void test() {
      assertThat(CLIENTS).hasSize(1);
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
