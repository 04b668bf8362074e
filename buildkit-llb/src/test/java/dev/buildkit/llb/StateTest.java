/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.buildkit.api.OpsProto.Op;
import dev.buildkit.api.OpsProto.PassthroughOp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateTest {
  private static final State ALPINE = State.image("alpine:3.22");

  private static Op op(State state, int index) throws Exception {
    return Op.parseFrom(state.marshal().toProto().getDef(index));
  }

  @Test
  void aFreshStateHasDefaults() {
    assertThat(ALPINE.env()).isEmpty();
    assertThat(ALPINE.dir()).isEqualTo("/");
    assertThat(ALPINE.user()).isEmpty();
    assertThat(ALPINE.hostname()).isEmpty();
    assertThat(ALPINE.cgroupParent()).isEmpty();
    assertThat(ALPINE.network()).isEqualTo(NetworkMode.SANDBOX);
    assertThat(ALPINE.security()).isEqualTo(SecurityMode.SANDBOX);
    assertThat(ALPINE.platform()).isEmpty();
  }

  @Test
  void whatIsSetIsRead() {
    State state = ALPINE
        .addEnv("A", "1")
        .dir("/work")
        .user("app")
        .hostname("h")
        .cgroupParent("/g")
        .network(NetworkMode.NONE)
        .security(SecurityMode.INSECURE)
        .platform(Platform.parse("linux/aarch64"));

    assertThat(state.env()).containsOnlyKeys("A").containsEntry("A", "1");
    assertThat(state.dir()).isEqualTo("/work");
    assertThat(state.user()).isEqualTo("app");
    assertThat(state.hostname()).isEqualTo("h");
    assertThat(state.cgroupParent()).isEqualTo("/g");
    assertThat(state.network()).isEqualTo(NetworkMode.NONE);
    assertThat(state.security()).isEqualTo(SecurityMode.INSECURE);
    assertThat(state.platform()).hasValue(Platform.LINUX_ARM64);
    assertThat(ALPINE.env()).isEmpty();
  }

  @Test
  void aVariableIsSetUnlessItIsThereAndTakenOut() {
    State state = ALPINE.addEnv("EMPTY", "").addEnv("GONE", "1");

    assertThat(state.addEnvIfAbsent("EMPTY", "2").addEnvIfAbsent("NEW", "3").env())
        .containsExactly(Map.entry("EMPTY", ""), Map.entry("GONE", "1"), Map.entry("NEW", "3"));
    assertThat(state.removeEnv("GONE").removeEnv("NEVER_THERE").env())
        .containsExactly(Map.entry("EMPTY", ""));
    assertRefused(
        () -> state.removeEnv("A=1"),
        "environment variable: name \"A=1\" contains =; pass name and value apart");
    assertRefused(
        () -> state.addEnvIfAbsent("", ""),
        "environment variable: name is empty; give one, such as PATH");
  }

  @Test
  void aCommandLineRunsInTheShell() throws Exception {
    Op op = op(ALPINE.run("echo $HOME | wc"), 1);

    assertThat(op.getExec().getMeta().getArgsList())
        .containsExactly("/bin/sh", "-c", "echo $HOME | wc");
  }

  @Test
  void theShortCopyCreatesTheDestinationPath() {
    State from = State.image("busybox");

    assertThat(ALPINE.copy(from, "/bin/sh", "/x/sh").marshal())
        .isEqualTo(ALPINE
            .file(FileAction.copy(from, "/bin/sh", "/x/sh").createDestPath())
            .marshal());
  }

  @Test
  void oneDirValueServesManyStates() {
    // A relative directory is taken anew from each state that it is given to.
    Exec inSub = Exec.args("pwd").dir("sub");

    assertThat(cwd(ALPINE.dir("/a").run(inSub))).isEqualTo("/a/sub");
    assertThat(cwd(ALPINE.dir("/b").run(inSub))).isEqualTo("/b/sub");
  }

  private static String cwd(State state) {
    try {
      return op(state, 1).getExec().getMeta().getCwd();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theEnvironmentCannotBeChangedFromOutside() {
    var env = ALPINE.addEnv("A", "1").env();

    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> env.put("B", "2"));
  }

  @Test
  void resetWithAPlatformOfItsOwnTakesTheDirectoryToo() {
    State other = State.image("busybox").dir("/b").addEnv("B", "2").platform(Platform.LINUX_S390X);
    State plain = ALPINE.reset(other);
    State arm = ImageCases.image("alpine", Cases.on(Platform.LINUX_ARM64)).reset(other);

    assertThat(plain.dir()).isEqualTo("/");
    assertThat(plain.platform()).hasValue(Platform.LINUX_S390X);
    assertThat(arm.dir()).isEqualTo("/b");
    assertThat(arm.platform()).hasValue(Platform.LINUX_ARM64);
    assertThat(arm.env()).containsEntry("B", "2");
  }

  @Test
  void marshalDefaultsAreForgottenByTheNextStep() throws Exception {
    State state = ALPINE.marshalDefaults(Cases.on(Platform.LINUX_S390X));

    assertThat(op(state, 0).getPlatform().getArchitecture()).isEqualTo("s390x");
    assertThat(op(state.dir("/x"), 0).getPlatform().getArchitecture())
        .isEqualTo(Platform.linuxOnThisMachine().architecture());
  }

  @Test
  void aStateIsEqualOnlyToItself() {
    assertThat(State.image("a")).isNotEqualTo(State.image("a"));
    assertThat(State.image("a").marshal()).isEqualTo(State.image("a").marshal());
  }

  @Test
  void theTextNamesTheLastOperation() {
    assertThat(ALPINE).hasToString("State[docker-image://docker.io/library/alpine:3.22]");
    assertThat(State.scratch()).hasToString("State[scratch]");
    assertThat(ALPINE.run(Exec.args("make"))).hasToString("State[Exec[make]]");
    assertThat(ALPINE.file(FileAction.rm("/x"))).hasToString("State[rm /x]");
    assertThat(State.merge(ALPINE, ALPINE)).hasToString("State[merge of 2]");
    assertThat(State.diff(ALPINE, ALPINE)).hasToString("State[diff]");
    assertThat(ALPINE.nestedBuild()).hasToString("State[nested build]");
    assertThat(ALPINE.requires("x", ALPINE)).hasToString("State[passthrough x]");
    assertThat(ALPINE.async((state, platform) -> state))
        .hasToString("State[computed when marshaled]");
  }

  @Test
  void badInputIsRefusedAtOnce() {
    assertRefused(
        () -> ALPINE.addEnv("", "1"),
        "environment variable: name is empty; give one, such as PATH");
    assertRefused(
        () -> ALPINE.addEnv("A=1", ""),
        "environment variable: name \"A=1\" contains =; pass name and value apart");
    assertRefused(
        () -> ALPINE.run(""), "exec: command line is empty; write what the shell is to run");
    assertRefused(
        () -> State.local(""),
        "local source: name is empty; use the one given to the solve, such as context");
    assertRefused(
        () -> State.scratch().nestedBuild(),
        "nested build: the empty file system has no definition; run what writes one first");
    assertRefused(
        () -> State.scratch().requires("id", ALPINE),
        "requires id: the empty file system is always available; call it on another state");
    assertRefused(
        () -> ALPINE.addExtraHost("", "10.0.0.1"),
        "extra host: name is empty; give the name that the address is for");
    assertRefused(
        () -> ALPINE.addExtraHost("a", "example.com"),
        "parse IP address \"example.com\": it is neither IPv4 nor IPv6; give an address such as"
            + " 10.0.0.1 or 2001:db8::1, not a name");
    assertRefused(
        () -> ALPINE.addUlimit("", 1, 1), "ulimit: name is empty; give one, such as nofile");
    assertRefused(
        () -> ALPINE.addUlimit("nofile", -2, 1),
        "ulimit nofile: limits must not be negative, but were: -2, 1; use -1 for no limit");
    assertRefused(
        () -> ALPINE.addUlimit("nofile", 2, 1),
        "ulimit nofile: soft limit 2 exceeds hard limit 1; give soft before hard");
    assertThatNullPointerException()
        .isThrownBy(() -> ALPINE.with(state -> null))
        .withMessage("step returned null");
    assertThatNullPointerException()
        .isThrownBy(() -> ALPINE.async((state, platform) -> null).marshal())
        .withMessage("async: the function returned null");
  }

  @Test
  void changesOfADeferredStateAreMadeInTheirOrder() {
    State inner = ALPINE.async((state, platform) -> state.dir("/a").addEnv("A", "1"));
    State changed = inner.dir("b").addEnv("A", "2").addEnv("B", "3");
    State outer = changed.async((state, platform) -> state.dir("c")).dir("d").addEnv("A", "4");

    assertThat(outer.dir()).isEqualTo("/a/b/c/d");
    assertThat(outer.env().keySet()).containsExactly("B", "A");
    assertThat(outer.env()).containsEntry("A", "4").containsEntry("B", "3");
    assertThat(cwd(outer.run("pwd"))).isEqualTo("/a/b/c/d");
  }

  @Test
  void whatADeferredStateThrowsComesOut() {
    State broken = ALPINE.async((state, platform) -> {
      throw new IllegalStateException("boom");
    });

    assertThatIllegalStateException().isThrownBy(broken::marshal).withMessage("boom");
    assertThatIllegalStateException().isThrownBy(broken::env).withMessage("boom");
  }

  @Test
  void filesystemsPassTogether() throws Exception {
    State kept = State.image("a").addEnv("A", "1");

    List<State> passed = State.passthrough(
        "together", List.of(kept, State.scratch(), State.image("b")), State.image("c"));

    assertThat(passed.get(0).env()).containsEntry("A", "1");
    assertThat(passed.get(1).marshal().isEmpty()).isTrue();
    assertThat(passed.get(0).marshal().headIndex()).isZero();
    assertThat(passed.get(2).marshal().headIndex()).isEqualTo(1);
    Op op = Op.parseFrom(passed.get(2).marshal().toProto().getDef(3));
    assertThat(op.getInputsCount()).isEqualTo(3);
    assertThat(op.getPassthrough())
        .isEqualTo(PassthroughOp.newBuilder()
            .setId("together")
            .addOutputs(0)
            .addOutputs(1)
            .build());
  }

  @Test
  void nothingToPassIsRefused() {
    assertRefused(
        () -> State.passthrough("", List.of(State.image("a"))),
        "passthrough: id is empty; name what is waited for");
    assertRefused(
        () -> State.passthrough("id", List.of(State.scratch()), State.image("a")),
        "passthrough id: nothing is passed but empty file systems, which are always available; leave it out");
  }
}
