/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Cases.args;
import static dev.buildkit.llb.Cases.on;
import static dev.buildkit.llb.ImageCases.image;

import dev.buildkit.llb.Cases.Values;
import java.util.Map;

/** The graphs of the group {@code exec}. */
final class ExecCases {
  private static final State ALPINE = State.image("alpine");

  static final Cases CASES = commands(environment(confinement(options(new Cases("exec")))));

  private ExecCases() {}

  private static Cases commands(Cases cases) {
    return cases
        .graph("args", () -> ALPINE.run(args("sh", "-c", "echo hi > /x")))
        // Arguments are given once here; the last option of the case is what counts.
        .graph("args_last_wins", () -> ALPINE.run(args("b", "c")))
        .graph("shlex", () -> ALPINE.run(Exec.shlex("apk add --no-cache  git")))
        .graph(
            "shlex_quotes",
            () -> ALPINE.run(Exec.shlex("sh -c 'echo \"a  b\"' \"c 'd' \\\"e\\\"\" f'g'h")))
        .graph("shlex_escapes", () -> ALPINE.run(Exec.shlex("a\\ b 'c\\d' \"e\\f\" g\\\\h")))
        .graph("shlex_comment", () -> ALPINE.run(Exec.shlex("echo a#b # comment")))
        .graph("shlexf", () -> ALPINE.run(Exec.shlex("echo %s %d".formatted("x y", 7))))
        .refused(
            "err_no_args",
            "exec: arguments are required; name the program to run, such as Exec.args(\"make\")",
            () -> ALPINE.run(args()))
        .refused(
            "err_shlex_unterminated_first",
            "split \"'unterminated\" into words: the quote ' at 1 is not closed; close it",
            () -> ALPINE.run(Exec.shlex("'unterminated")))
        .impossible("err_security_invalid", "the security mode is an enum")
        .graph(
            "chain_three",
            () -> ALPINE.run(args("a")).run(args("b")).run(args("c")).root());
  }

  private static Cases environment(Cases cases) {
    return cases
        .graph("env_order", ExecCases::envOrder)
        .graph("env_override", ExecCases::envOverride)
        .graph("env_values", () -> envValues().run(args("env")))
        .graph("env_run_scope", ExecCases::envRunScope)
        .graph("dir_absolute", ExecCases::dirAbsolute)
        .graph("dir_absolute_not_cleaned", () -> ALPINE.dir("/a/../b//c").run(args("pwd")))
        .graph("dir_dotdot", () -> ALPINE.dir("/a/b").dir("../../../..").run(args("pwd")))
        .graph("dir_nested", ExecCases::dirNested)
        .graph("dir_run_option", ExecCases::dirRunOption)
        .graph("dirf", () -> ALPINE.dir("/d%02d".formatted(5)).run(args("x")))
        .graph("user", () -> ALPINE.user("1000:1000").run(args("id")))
        .graph("user_reset", () -> ALPINE.user("bob").run(args("id").user("")))
        .graph("hostname", () -> ALPINE.hostname("builder-1").run(args("hostname")))
        .graph(
            "run_with_state_options",
            () -> ALPINE.run(args("x").addEnv("A", "1").dir("/d").user("u")))
        .graph("caps_all", () -> ALPINE.run(args("x")))
        .graph("caps_empty", () -> ALPINE.addEnv("A", "1").run(args("x")))
        .graph("caps_empty_path_set", () -> ALPINE.addEnv("PATH", "foo").run(args("x")))
        .graph("caps_empty_windows", () -> ALPINE.run(args("x")));
  }

  private static Cases confinement(Cases cases) {
    return cases
        .graph("network_host", () -> ALPINE.run(args("x").network(NetworkMode.HOST)))
        .graph(
            "network_none_state",
            () -> ALPINE.network(NetworkMode.NONE).run(args("x")).run(args("y")))
        .graph("security_insecure", () -> ALPINE.run(args("x").security(SecurityMode.INSECURE)))
        .graph(
            "security_sandbox_explicit",
            () -> ALPINE
                .security(SecurityMode.INSECURE)
                .run(args("x").security(SecurityMode.SANDBOX)))
        .graph(
            "extra_hosts",
            () -> ALPINE
                .addExtraHost("a", "10.0.0.1")
                .run(args("x")
                    .addExtraHost("b", "2001:0db8:0000::0001")
                    .addExtraHost("a", "10.0.0.2")))
        .graph(
            "ulimits",
            () -> ALPINE
                .addUlimit("nofile", 1024, 2048)
                .run(args("x").addUlimit("core", 0, 0).addUlimit("nofile", -1, -1)))
        .graph("cgroup_parent", () -> ALPINE.run(args("x").cgroupParent("/foo/bar")))
        .graph(
            "cdi_devices",
            () -> ALPINE.run(args("x")
                .addCdiDevice("vendor1.com/device=foo")
                .addOptionalCdiDevice("vendor2.com/gpu=*")))
        .graph("linux_resources", () -> ALPINE.run(args("x").constraints(resources())));
  }

  private static Cases options(Cases cases) {
    return cases
        .graph("valid_exit_codes", () -> ALPINE.run(args("x").validExitCodes(0, 99, 255)))
        .graph("valid_exit_codes_none", () -> ALPINE.run(args("x").validExitCodes()))
        .graph("proxy", () -> ALPINE.run(args("x").proxy(proxies())))
        .graph("proxy_empty", () -> ALPINE.run(args("x").proxy(ProxyEnv.none())))
        .graph(
            "readonly_root",
            () -> ALPINE
                .run(args("x").readonlyRoot().addMount("/out", State.scratch()))
                .mount("/out"))
        .graph("state_platform", values -> {
          State s = ALPINE.platform(Platform.of("linux", "arm64").variant("v8"));
          Platform platform = s.platform().orElseThrow();
          values.add(
              "s.getPlatform()",
              Map.of("architecture", platform.architecture(), "os", platform.os()));
          return s.run(args("x"));
        })
        .graph(
            "platform_option",
            () -> image("foo", on(Platform.LINUX_ARM_V7))
                .run(args("baz"))
                .run(args("bar"))
                .run(args("bax").constraints(on(Platform.WINDOWS_AMD64)))
                .run(args("bay")))
        .graph("marshal_platform", () -> ALPINE.run(args("x")))
        .graph("marshal_platform_raw", () -> ALPINE.run(args("x")));
  }

  private static State envOrder(Values values) {
    State s = ALPINE.addEnv("B", "2").addEnv("A", "1").addEnv("C", "3");
    values.envArray("s", s);
    return s.run(args("env"));
  }

  private static State envOverride(Values values) {
    State s = ALPINE.addEnv("A", "1").addEnv("B", "2").addEnv("A", "3");
    values.envArray("s", s);
    values.env("s", s, "A");
    values.env("s", s, "Z");
    return s.run(args("env"));
  }

  private static State envValues() {
    return ALPINE
        .addEnv("EMPTY", "")
        .addEnv("EQ", "a=b")
        .addEnv("SP", "a b")
        .addEnv("UNI", "äö")
        .addEnv("N", "v%d-%s".formatted(3, "x"));
  }

  private static State envRunScope(Values values) {
    State r = ALPINE.addEnv("A", "1").run(args("one").addEnv("B", "2")).root();
    values.envArray("r", r);
    return r.run(args("two").addEnv("A", "9"));
  }

  private static State dirAbsolute(Values values) {
    State s = ALPINE.dir("/work/");
    values.dir("s", s);
    return s.run(args("pwd"));
  }

  private static State dirNested(Values values) {
    State s = ALPINE.dir("a").dir("b/../c").dir("./d/");
    values.dir("s", s);
    return s.run(args("pwd"));
  }

  private static State dirRunOption(Values values) {
    State r = ALPINE.dir("/a").run(args("x").dir("b")).root();
    values.dir("r", r);
    return r.run(args("y"));
  }

  private static Constraints resources() {
    return Constraints.none()
        .linuxResources(LinuxResources.none()
            .memoryBytes(536870912)
            .memorySwapBytes(-1)
            .cpuShares(512)
            .cpuPeriodMicros(100000)
            .cpuQuotaMicros(50000)
            .cpusetCpus("0-1")
            .cpusetMems("0"));
  }

  private static ProxyEnv proxies() {
    return ProxyEnv.none()
        .httpProxy("http://p:1")
        .httpsProxy("http://p:2")
        .ftpProxy("http://p:3")
        .noProxy("localhost,.x")
        .allProxy("socks://p:4");
  }
}
