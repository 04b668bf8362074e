/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.api.OpsProto.ExecOp;
import dev.buildkit.api.OpsProto.Op;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecTest {
  private static final Exec X = Exec.args("x");

  private static ExecOp op(Exec exec) throws Exception {
    return Op.parseFrom(State.scratch().run(exec).marshal().toProto().getDef(0)).getExec();
  }

  @Test
  void aValueIsNotChangedByItsMethods() throws Exception {
    Exec base = X.addEnv("A", "1");
    Exec more = base.addEnv("B", "2").addMount("/m", State.scratch()).user("u");

    assertThat(op(base).getMeta().getEnvList()).containsExactly("A=1");
    assertThat(op(more).getMeta().getEnvList()).containsExactly("A=1", "B=2");
    assertThat(op(base).getMountsCount()).isEqualTo(1);
  }

  @Test
  void theEnvironmentOfTheStateIsChangedForOneCommand() throws Exception {
    State state = State.scratch().addEnv("A", "1").addEnv("B", "2");
    Exec exec = X.removeEnv("A").addEnvIfAbsent("B", "3").addEnvIfAbsent("C", "4");
    ExecOp op = Op.parseFrom(state.run(exec).marshal().toProto().getDef(0)).getExec();

    assertThat(op.getMeta().getEnvList()).containsExactly("B=2", "C=4");
    assertThat(state.run(exec).env()).containsOnlyKeys("A", "B");
  }

  @Test
  void aStateKnowsTheArgumentsThatMadeIt() {
    assertThat(State.scratch().run(Exec.args("a", "b c")).args()).containsExactly("a", "b c");
  }

  @Test
  void argumentsMayBeAList() throws Exception {
    assertThat(op(Exec.args(List.of("a", ""))).getMeta().getArgsList()).containsExactly("a", "");
  }

  @Test
  void aCommandHasWords() {
    assertRefused(
        () -> Exec.args(),
        "exec: arguments are required; name the program to run, such as Exec.args(\"make\")");
    assertRefused(
        () -> Exec.shlex("# nothing"),
        "exec: arguments are required; name the program to run, such as Exec.args(\"make\")");
    assertRefused(
        () -> Exec.shell(""), "exec: command line is empty; write what the shell is to run");
  }

  @Test
  void mountTargetsMustDiffer() {
    Exec exec = X.addMount("/src", State.scratch());

    assertRefused(
        () -> exec.addMount(Mount.tmpfs("/src")),
        "exec: mount target /src is given twice; use another for one of them");
    assertRefused(
        () -> exec.addMount("/", State.scratch()),
        "exec: mount target / is the root of the state that the command runs on; use another, or"
            + " readonlyRoot()");
  }

  @Test
  void devicesHaveNames() {
    assertRefused(
        () -> X.addCdiDevice(""), "exec: CDI device is empty; name one, such as vendor.com/gpu=0");
  }

  @Test
  void relativeDirectoriesAreJoined() throws Exception {
    assertThat(op(X.dir("/a").dir("b").dir("../c")).getMeta().getCwd()).isEqualTo("/a/c");
  }

  @Test
  void theTextHoldsNoEnvironmentAndNoSecret() {
    assertThat(X.addEnv("TOKEN", "t").addSecret("id", "/s")).hasToString("Exec[x]");
  }

  @Test
  void theRootAfterAReadonlyCommandIsWhatItWas() {
    State alpine = State.image("alpine");

    assertThat(alpine.run(X.readonlyRoot()).marshal()).isEqualTo(alpine.marshal());
    assertThat(alpine.run(X.readonlyRoot()).mount("/").marshal()).isEqualTo(alpine.marshal());
  }
}
