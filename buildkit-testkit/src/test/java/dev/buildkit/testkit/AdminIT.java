/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.PruneOptions;
import dev.buildkit.client.UsageInfo;
import dev.buildkit.client.WorkerInfo;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.SourcePolicy;
import dev.buildkit.client.transport.Transport;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.Mount;
import dev.buildkit.llb.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Workers and cache of a real daemon. Only records of the test itself are pruned: others use the daemon too. */
@IntegrationTest
class AdminIT {
  private final String id = UUID.randomUUID().toString();

  @Test
  @Requires(Capability.BUILDCTL)
  void listsWhatBuildctlLists(BuildKitClient client) throws Exception {
    List<WorkerInfo> workers = client.listWorkers();

    assertThat(workers).isNotEmpty();
    WorkerInfo first = workers.get(0);
    assertThat(first.id()).isNotEmpty();
    assertThat(first.labels()).containsKey("org.mobyproject.buildkit.worker.executor");
    assertThat(first.platforms()).isNotEmpty();
    assertThat(first.gcPolicy()).isNotEmpty();
    assertThat(first.buildkitVersion()).isEqualTo(client.info());
    assertThat(Buildctl.ofSharedDaemon().run("debug", "workers").orFail().out())
        .contains(first.id(), first.platforms().get(0).toString());
  }

  @Test
  void filtersWorkers(BuildKitClient client) throws Exception {
    assertThat(client.listWorkers("id==nobody")).isEmpty();
  }

  @Test
  @Requires(Capability.VERSION)
  void prunesWhatABuildLeft(BuildKitClient client) throws Exception {
    leaveCache(client);
    awaitRelease(client);

    List<UsageInfo> records = client.diskUsage(filter());
    assertThat(records).hasSize(1);
    UsageInfo cache = records.get(0);
    assertThat(cache.recordType()).isEqualTo("exec.cachemount");
    assertThat(cache.mutable()).isTrue();
    assertThat(cache.inUse()).isFalse();
    assertThat(cache.sizeBytes()).isPositive();
    assertThat(cache.lastUsedAt()).isPresent();
    assertThat(cache.usageCount()).isPositive();
    assertThat(client.diskUsage(Duration.ofHours(1), filter())).isEmpty();

    List<UsageInfo> removed = new ArrayList<>();
    client.prune(
        PruneOptions.none().filter(filter()).keepDuration(Duration.ofHours(1)), removed::add);
    assertThat(removed).isEmpty();

    client.prune(PruneOptions.none().filter(filter()), removed::add);
    assertThat(removed).singleElement().extracting(UsageInfo::id).isEqualTo(cache.id());
    await().until(() -> client.diskUsage(filter()).isEmpty());
  }

  @Test
  void smallRecordsComeFirst(BuildKitClient client) throws Exception {
    leaveCache(client);

    assertThat(client.diskUsage()).extracting(UsageInfo::sizeBytes).isSorted();
  }

  @Test
  void aWrongFilterIsToldAsTheDaemonDoes(BuildKitClient client) {
    assertThatThrownBy(() -> client.diskUsage("x="))
        .isInstanceOf(BuildKitException.class)
        .hasMessageStartingWith("failed to read the disk usage: ")
        .hasMessageContaining("unsupported operator");
    assertThatThrownBy(() -> client.prune(PruneOptions.none().filter("x="), usage -> {}))
        .isInstanceOf(BuildKitException.class)
        .hasMessageStartingWith("failed to prune the cache: ");
  }

  @Test
  @Requires(Capability.VERSION)
  void aConsumerThatThrowsEndsThePruning(BuildKitClient client) throws Exception {
    leaveCache(client);
    awaitRelease(client);

    assertThatThrownBy(() -> client.prune(PruneOptions.none().filter(filter()), usage -> {
          throw new IllegalStateException(usage.description());
        }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(id);
  }

  @Test
  void anInterruptEndsTheWaiting(BuildKitClient client) {
    Thread.currentThread().interrupt();
    assertThatThrownBy(client::diskUsage).isInstanceOf(InterruptedException.class);

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> client.prune(PruneOptions.none().filter(filter()), usage -> {}))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aClosedClientSaysSo(Transport transport) throws Exception {
    BuildKitClient client = Daemon.connect(transport);
    client.close();

    assertThatThrownBy(client::listWorkers)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("list workers of " + client.address() + ": this client is closed");
  }

  @Test
  @Requires(Capability.VERSION)
  void aSourcePolicyKeepsSourcesAway(BuildKitClient client) {
    SolveRequest request = SolveRequest.definition(State.image("busybox").marshal())
        .sourcePolicy(SourcePolicy.empty().deny("docker-image://*"))
        .build();

    assertThatThrownBy(() -> client.solve(request))
        .isInstanceOf(SolveException.class)
        .hasMessageContaining("denied by policy");
  }

  /** A cache mount has the id of this test in its description. */
  private void leaveCache(BuildKitClient client) throws InterruptedException {
    Exec exec = Exec.shell("echo " + id + " > /cache/file").addMount(Mount.cache("/cache", id));
    client.solve(SolveRequest.definition(State.image("busybox").run(exec).root().marshal())
        .build());
  }

  /** A solve may be over before the daemon has let go of what it used. */
  private void awaitRelease(BuildKitClient client) {
    await().until(() -> client.diskUsage(filter()).stream().noneMatch(UsageInfo::inUse));
  }

  private String filter() {
    return "type==exec.cachemount,description~=" + id;
  }
}
