/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.ProxyEnv;
import dev.buildkit.llb.State;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A command runs as it is described. */
@IntegrationTest
class ExecIT {
  private static final State BUSYBOX = State.image("busybox");

  /** Makes a command new to the cache of the daemon. */
  private final String unique = " # " + UUID.randomUUID();

  @Test
  void argumentsReachTheProgramAsTheyAre(BuildKitClient client) throws Exception {
    Exec exec =
        Exec.args("sh", "-c", "printf '%s\\n' \"$@\" > /out/args", "sh", "a b", "$HOME", "*");

    assertThat(text(client, exec, "args")).isEqualTo("a b\n$HOME\n*\n");
  }

  @Test
  void aCommandLineIsSplitAsAShellDoes(BuildKitClient client) throws Exception {
    Exec exec = Exec.shlex("sh -c 'printf \"%s\\n\" \"$@\" > /out/args' sh \"a b\" c\\ d 'e\"f'");

    assertThat(text(client, exec, "args")).isEqualTo("a b\nc d\ne\"f\n");
  }

  @Test
  void environmentDirectoryUserAndHostnameAreSet(BuildKitClient client) throws Exception {
    State base = BUSYBOX
        .addEnv("FROM_STATE", "state")
        .addEnv("BOTH", "state")
        .dir("/usr")
        .user("daemon")
        .hostname("of-the-state");
    Exec inherits = Exec.shell("echo $FROM_STATE $BOTH $PWD $(id -un) $(hostname) > /tmp/is");
    Exec overrides =
        inherits.addEnv("BOTH", "exec").dir("bin").user("65534:1").hostname("of-the-command");

    assertThat(Solved.of(client, base.run(inherits).root()).text("tmp/is"))
        .isEqualTo("state state /usr daemon of-the-state\n");
    assertThat(Solved.of(client, base.run(overrides).root()).text("tmp/is"))
        .isEqualTo("state exec /usr/bin nobody of-the-command\n");
  }

  @Test
  void extraHostsAreInTheHostsFile(BuildKitClient client) throws Exception {
    Exec exec = Exec.shell(
            "grep -w extra /etc/hosts > /out/four; grep -w six /etc/hosts > /out/six")
        .addExtraHost("extra", "10.1.2.3")
        .addExtraHost("six", "fd00::7");
    Solved solved = solved(client, exec);

    assertThat(solved.text("four")).isEqualTo("10.1.2.3\textra\n");
    assertThat(solved.text("six")).isEqualTo("fd00::7\tsix\n");
  }

  @Test
  @Requires(llb = "exec.validexitcode")
  void otherExitCodesMayCountAsSuccess(BuildKitClient client) throws Exception {
    Exec exec = Exec.shell("echo done > /out/file; exit 3" + unique).validExitCodes(3, 4);

    assertThat(text(client, exec, "file")).isEqualTo("done\n");
    assertThatThrownBy(() -> solved(client, Exec.shell("exit 0" + unique).validExitCodes(3)))
        .isInstanceOfSatisfying(
            SolveException.class, e -> assertThat(e.exitCode()).hasValue(0));
  }

  @Test
  void aReadonlyRootCannotBeWritten(BuildKitClient client) throws Exception {
    Exec exec =
        Exec.shell("touch /file 2> /out/error || echo refused > /out/file").readonlyRoot();

    assertThat(text(client, exec, "file")).isEqualTo("refused\n");
    assertThat(BUSYBOX.run(exec).marshal()).as("the root stays").isEqualTo(BUSYBOX.marshal());
  }

  @Test
  void proxiesAreInTheEnvironmentButNotInTheCacheKey(BuildKitClient client) throws Exception {
    Exec exec = Exec.shell("env | grep -i _proxy | sort > /out/proxies" + unique);
    ProxyEnv proxies = ProxyEnv.none()
        .httpProxy("http://first:1")
        .httpsProxy("http://second:2")
        .ftpProxy("http://third:3")
        .noProxy("localhost")
        .allProxy("http://fourth:4");
    String first = text(client, exec.proxy(proxies), "proxies");

    assertThat(first)
        .contains(
            "HTTP_PROXY=http://first:1\n",
            "HTTPS_PROXY=http://second:2\n",
            "FTP_PROXY=http://third:3\n",
            "NO_PROXY=localhost\n");
    assertThat(text(client, exec.proxy(proxies.httpProxy("http://other:1")), "proxies"))
        .as("from the cache")
        .isEqualTo(first);
  }

  private static Solved solved(BuildKitClient client, Exec exec) throws Exception {
    return Solved.of(client, Solved.out(BUSYBOX, exec));
  }

  private static String text(BuildKitClient client, Exec exec, String file) throws Exception {
    return solved(client, exec).text(file);
  }
}
