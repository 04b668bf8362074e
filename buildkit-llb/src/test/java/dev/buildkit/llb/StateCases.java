/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Cases.args;
import static dev.buildkit.llb.Cases.on;
import static dev.buildkit.llb.ImageCases.image;

import dev.buildkit.llb.Cases.Values;
import java.util.LinkedHashMap;
import java.util.Map;

/** The graphs of the group {@code state}. */
final class StateCases {
  private static final State ALPINE = State.image("alpine");
  private static final State BUSYBOX = State.image("busybox");

  static final Cases CASES = new Cases("state")
      .graph("env_branches", StateCases::envBranches)
      .graph("env_list_delete", StateCases::envListDelete)
      .graph("image_config", StateCases::imageConfig)
      .graph("reset", StateCases::reset)
      .graph("run_root_meta", StateCases::runRootMeta)
      .graph(
          "with_composition",
          () -> ALPINE
              .with(s -> s.addEnv("A", "1").dir("/x"))
              .with(s -> s.addEnv("B", "2").dir("y"))
              .network(NetworkMode.HOST)
              .run(args("x")))
      .graph(
          "with_output", () -> ALPINE.addEnv("A", "1").dir("/a").output(BUSYBOX).run(args("x")))
      .graph(
          "with_output_platform",
          () -> ALPINE
              .platform(Platform.LINUX_S390X)
              .output(image("busybox", on(Platform.LINUX_ARM64)))
              .run(args("x")))
      .graph(
          "marshal_defaults",
          () -> ALPINE.run(args("x")).marshalDefaults(on(Platform.WINDOWS_AMD64).customName("d")))
      .graph(
          "marshal_defaults_overridden", () -> ALPINE.marshalDefaults(on(Platform.WINDOWS_AMD64)));

  private StateCases() {}

  private static State envBranches(Values values) {
    State s = ALPINE.addEnv("A", "1");
    State t = s.addEnv("A", "2");
    State u = s.addEnv("B", "3");
    values.envArray("s", s);
    values.envArray("t", t);
    values.envArray("u", u);
    return u.run(args("x"));
  }

  /** The list that Go has for the environment is a map in Java; what it can do, a map can. */
  private static State envListDelete(Values values) {
    State s = ALPINE.addEnv("A", "1").addEnv("B", "2").addEnv("A", "3");
    Map<String, String> env = new LinkedHashMap<>(s.env());
    values.add("env", Values.array(env));
    env.putIfAbsent("A", "9");
    env.putIfAbsent("C", "4");
    values.add("setDefault A=9, setDefault C=4", Values.array(env));
    env.remove("B");
    values.add("then delete B", Values.array(env));
    env.put("B", "5");
    values.add("then add B=5", Values.array(env));
    return s;
  }

  private static State imageConfig(Values values) {
    State s = ALPINE.addEnv("A", "0").imageConfig("""
                {"config":{"Env":["A=1","B=2"],"WorkingDir":"rel"},
                 "os":"linux","architecture":"arm","variant":"v6"}""");
    values.envArray("s", s);
    return s.run(args("x"));
  }

  private static State reset(Values values) {
    State a = ALPINE.addEnv("A", "1").dir("/a");
    State b = BUSYBOX.addEnv("B", "2").dir("/b").user("u");
    State r = a.reset(b);
    values.envArray("r", r);
    values.dir("r", r);
    return r.run(args("x"));
  }

  private static State runRootMeta(Values values) {
    State r =
        ALPINE.addEnv("A", "1").dir("/d").user("u").hostname("h").run(args("x")).root();
    values.envArray("r", r);
    values.dir("r", r);
    // Arguments belong to a command here, so a state has none to read.
    values.add("r.getArgs()", null);
    values.add("r.getHostname()", r.hostname());
    return r;
  }
}
