/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.github.dockerjava.api.exception.NotFoundException;
import dev.buildkit.client.BuildKitClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;
import org.testcontainers.DockerClientFactory;

/** What the extension does where no daemon is named. */
class BuildkitdExtensionContainerIT {
  private static final Supplier<Daemon> IN_CONTAINER = Daemon::inContainer;
  private static final Set<String> ADDRESSES = new HashSet<>();
  private static final Set<String> IDS = new HashSet<>();
  private static final List<BuildkitdContainer> MADE = new ArrayList<>();

  @BeforeEach
  void forget() {
    ADDRESSES.clear();
    IDS.clear();
    MADE.clear();
  }

  @Test
  void classesOfARunShareOneContainer() {
    execute(One.class, Two.class).assertStatistics(tests -> tests.succeeded(3).failed(0));
    assertThat(ADDRESSES).hasSize(1);
  }

  @Test
  void aContainerOfTheUsersIsStartedAndRemoved() {
    execute(OfTheUsers.class).assertStatistics(tests -> tests.succeeded(2).failed(0));
    assertThat(MADE).hasSize(1);
    assertThat(LiveThreads.now()).isEmpty();
    assertThat(IDS)
        .singleElement()
        .satisfies(id -> assertThatThrownBy(
                () -> DockerClientFactory.lazyClient().inspectContainerCmd(id).exec())
            .isInstanceOf(NotFoundException.class));
  }

  @Test
  void aContainerForReuseIsThereForTheNextRun() {
    String purpose = UUID.randomUUID().toString();
    try {
      String first = ReusedContainer.run(purpose);
      assertThat(ReusedContainer.run(purpose)).isEqualTo(first);
    } finally {
      ReusedContainer.remove(purpose);
    }
  }

  @Test
  void theReasonIsReportedWhereTheContainerDoesNotStart() {
    assertThat(results(Misconfigured.class).allEvents().skipped().stream())
        .singleElement()
        .satisfies(
            event -> assertThat(event.getPayload().toString())
                .contains(
                    "no BuildKit daemon to test with: BUILDKIT_HOST is not set,"
                        + " and a container does not start (Container startup failed for image moby/buildkit"));
  }

  private static Events execute(Class<?>... classes) {
    return results(classes).testEvents();
  }

  private static EngineExecutionResults results(Class<?>... classes) {
    EngineTestKit.Builder tests = EngineTestKit.engine("junit-jupiter");
    for (Class<?> one : classes) {
      tests.selectors(selectClass(one));
    }
    return tests.execute();
  }

  /** Equal extensions, as classes have them that know nothing of each other. */
  private static BuildkitdExtension notNamed() {
    return new BuildkitdExtension(Map.of(), IN_CONTAINER);
  }

  static class One {
    @RegisterExtension
    @Order(2)
    static final BuildkitdExtension buildkitd = notNamed();

    @RegisterExtension
    @Order(1)
    static final LeakExtension leaks = LeakExtension.create();

    @RepeatedTest(2)
    void test(BuildKitClient client) {
      ADDRESSES.add(client.address());
    }
  }

  static class Two {
    @RegisterExtension
    static final BuildkitdExtension buildkitd = notNamed();

    @Test
    void test(BuildKitClient client) {
      ADDRESSES.add(client.address());
    }
  }

  static class OfTheUsers {
    @RegisterExtension
    static final BuildkitdExtension buildkitd = notNamed().container(OfTheUsers::make);

    static BuildkitdContainer make() {
      BuildkitdContainer container = new BuildkitdContainer().withPlaintext();
      MADE.add(container);
      return container;
    }

    @RepeatedTest(2)
    void test(BuildKitClient client) {
      assertThat(client.address()).isEqualTo(MADE.get(0).address());
      IDS.add(MADE.get(0).getContainerId());
    }
  }

  static class Misconfigured {
    @RegisterExtension
    static final BuildkitdExtension buildkitd =
        notNamed().container(() -> new BuildkitdContainer().withConfig("no = toml"));

    @Test
    void test(BuildKitClient client) {
      assertThat(client).isNotNull();
    }
  }
}
