/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.api.OpsProto.Op;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MarshalTest {
  @Property
  void theSameGraphHasTheSameBytesTwice(@ForAll @Size(max = 40) int[] seeds) {
    State state = new RandomGraph(seeds).shared();

    assertThat(state.marshal().toByteArray()).isEqualTo(state.marshal().toByteArray());
  }

  @Property
  void whoSharesStatesAndInWhichOrderTheyAreBuiltDoesNotMatter(@ForAll @Size(max = 7) int[] seeds) {
    RandomGraph graph = new RandomGraph(seeds);

    assertThat(graph.unshared().marshal().toByteArray())
        .isEqualTo(graph.shared().marshal().toByteArray());
  }

  @Property
  void parsingIsTheInverseOfToByteArray(@ForAll @Size(max = 30) int[] seeds) {
    Definition definition = new RandomGraph(seeds).shared().marshal();

    Definition parsed = Definition.parse(definition.toByteArray());

    assertThat(parsed).isEqualTo(definition);
    assertThat(parsed.toByteArray()).isEqualTo(definition.toByteArray());
  }

  @Property
  void aStateOfADefinitionHasTheSameDefinition(@ForAll @Size(max = 30) int[] seeds) {
    Definition definition = new RandomGraph(seeds).shared().marshal();

    Set<Object> again = new HashSet<>(State.from(definition).marshal().toProto().getDefList());

    assertThat(again).isEqualTo(new HashSet<>(definition.toProto().getDefList()));
  }

  @Property
  void everyOperationComesAfterItsInputsAndOnce(@ForAll @Size(max = 40) int[] seeds)
      throws Exception {
    Definition definition = new RandomGraph(seeds).shared().marshal();

    List<String> seen = new ArrayList<>();
    for (var bytes : definition.toProto().getDefList()) {
      Op op = Op.parseFrom(bytes);
      op.getInputsList().forEach(input -> assertThat(seen).contains(input.getDigest()));
      seen.add(Digest.sha256(bytes.toByteArray()).toString());
    }
    assertThat(seen).doesNotHaveDuplicates();
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void aChainOf100000OperationsMarshals() {
    State state = State.image("alpine");
    for (int i = 0; i < 100_000; i++) {
      state = state.run(Exec.args("step", Integer.toString(i)));
    }

    Definition definition = state.marshal();

    assertThat(definition.toProto().getDefCount()).isEqualTo(100_002);
    assertThat(Definition.parse(definition.toByteArray())).isEqualTo(definition);
    assertThat(State.from(definition).marshal()).isEqualTo(definition);
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void aLadderWithTwoToThe1000PathsMarshals() {
    State state = State.image("alpine");
    for (int i = 0; i < 1000; i++) {
      state = State.merge(state.run(Exec.args("a")), state.run(Exec.args("b")));
    }

    Definition definition = state.marshal();

    assertThat(definition.toProto().getDefCount()).isEqualTo(3002);
    assertThat(State.from(definition).marshal()).isEqualTo(definition);
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void deepChainsOfFileActionsAndDeferredStatesMarshal() {
    FileChain chain = FileAction.chain(State.scratch(), FileAction.mkdir("/a", 0755));
    State deferred = State.image("alpine");
    for (int i = 0; i < 50_000; i++) {
      chain = FileAction.chain(State.scratch(), FileAction.copy(chain, "/a", "/a"));
      deferred = deferred.async((state, platform) -> state).addEnv("N", "" + i % 7);
    }

    State copied = State.scratch().file(FileAction.copy(chain, "/a", "/a"));
    assertThat(copied.marshal().toProto().getDefCount()).isEqualTo(2);
    assertThat(deferred.run("env").marshal().toProto().getDefCount()).isEqualTo(3);
  }

  @Test
  void theDefaultPlatformIsLinuxOnThisMachine() throws Exception {
    Op op = Op.parseFrom(State.image("alpine").marshal().toProto().getDef(0));

    assertThat(Platform.of(op.getPlatform())).isEqualTo(Platform.linuxOnThisMachine());
    assertThat(op.getPlatform().getOS()).isEqualTo("linux");
  }

  @Test
  void onlyLocalDirectoriesMakeTwoCallsDiffer() {
    State local = State.local("context");
    Constraints fixed = Constraints.none().localUniqueId("id");

    assertThat(local.marshal()).isNotEqualTo(local.marshal());
    assertThat(local.marshal(fixed)).isEqualTo(local.marshal(fixed));
  }

  @Test
  void aDeferredStateIsComputedOnceInEachCall() {
    List<Platform> computed = new ArrayList<>();
    State deferred = State.image("alpine").async((state, platform) -> {
      computed.add(platform);
      return state;
    });
    State twice = State.merge(deferred.run("a"), deferred.run("b"));

    Definition arm = twice.marshal(Constraints.none().platform(Platform.LINUX_ARM64));
    Definition amd = twice.marshal(Constraints.none().platform(Platform.LINUX_AMD64));

    assertThat(arm).isNotEqualTo(amd);
    assertThat(computed).containsExactly(Platform.LINUX_ARM64, Platform.LINUX_AMD64);
  }

  @Test
  void aDeferredStateThatTurnsOutEmptyIsNoInput() throws Exception {
    State empty = State.image("alpine").async((state, platform) -> State.scratch());

    Definition definition = State.merge(empty, State.image("busybox"))
        .run(Exec.args("x").addMount("/m", empty))
        .marshal();

    Op merge = Op.parseFrom(definition.toProto().getDef(1));
    Op exec = Op.parseFrom(definition.toProto().getDef(2));
    assertThat(merge.getMerge().getInputs(0).getInput()).isEqualTo(-1);
    assertThat(exec.getExec().getMounts(1).getInput()).isEqualTo(-1);
  }
}
