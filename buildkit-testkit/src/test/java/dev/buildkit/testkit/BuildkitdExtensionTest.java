/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.container;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.skippedWithReason;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.buildkit.client.BuildKitClient;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;
import org.opentest4j.AssertionFailedError;

class BuildkitdExtensionTest {
  private static final String NOT_SET = "no BuildKit daemon to test with: BUILDKIT_HOST is not set,"
      + " and Docker does not answer; set it to an address such as"
      + " unix:///run/buildkit/buildkitd.sock, or start Docker";

  @Test
  void testsAreSkippedWithTheReasonWhereNoDaemonIsNamed() {
    eventsOf(NoneNamed.class)
        .assertThatEvents()
        .haveExactly(1, event(container(NoneNamed.class), skippedWithReason(NOT_SET)));
  }

  @Test
  void testsAreSkippedWithTheReasonWhereNoDaemonAnswers() {
    String reason =
        "no BuildKit daemon to test with: failed to reach the daemon: cannot connect to unix:///nowhere/";
    eventsOf(NoneAnswers.class)
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                container(NoneAnswers.class), skippedWithReason(text -> text.startsWith(reason))));
  }

  @Test
  void testsFailInCiWhereNoDaemonIsNamed() {
    assertFailed(InCi.class);
  }

  @Test
  void testsFailWhereARequiredDaemonIsNotNamed() {
    assertFailed(Required.class);
  }

  @Test
  void anExtensionOfTheTestInstanceSkipsEachTest() {
    eventsOf(OfTheInstance.class)
        .assertThatEvents()
        .haveExactly(1, event(test("needsADaemon"), skippedWithReason(NOT_SET)));
  }

  private static void assertFailed(Class<?> tests) {
    eventsOf(tests)
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                container(tests),
                finishedWithFailure(instanceOf(AssertionFailedError.class), message(NOT_SET))));
  }

  private static BuildkitdExtension withoutDocker(Map<String, String> environment) {
    return new BuildkitdExtension(
        environment, () -> Daemon.Missing.notNamed("Docker does not answer", "start Docker"));
  }

  private static Events eventsOf(Class<?> tests) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(tests))
        .execute()
        .allEvents();
  }

  static class NoneNamed {
    @RegisterExtension
    static final BuildkitdExtension buildkitd = withoutDocker(Map.of());

    @Test
    void needsADaemon(BuildKitClient client) {
      assertThat(client).isNotNull();
    }
  }

  static class NoneAnswers {
    @RegisterExtension
    static final BuildkitdExtension buildkitd =
        withoutDocker(Map.of("BUILDKIT_HOST", "unix:///nowhere/buildkitd.sock"));

    @Test
    void needsADaemon(BuildKitClient client) {
      assertThat(client).isNotNull();
    }
  }

  static class InCi {
    @RegisterExtension
    static final BuildkitdExtension buildkitd = withoutDocker(Map.of("CI", "true"));

    @Test
    void needsADaemon(BuildKitClient client) {
      assertThat(client).isNotNull();
    }
  }

  static class Required {
    @RegisterExtension
    static final BuildkitdExtension buildkitd = withoutDocker(Map.of()).required();

    @Test
    void needsADaemon(BuildKitClient client) {
      assertThat(client).isNotNull();
    }
  }

  static class OfTheInstance {
    @RegisterExtension
    final BuildkitdExtension buildkitd = withoutDocker(Map.of());

    @Test
    void needsADaemon(BuildKitClient client) {
      assertThat(client).isNotNull();
    }
  }
}
