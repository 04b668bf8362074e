/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.solve.Entitlement;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.llb.Constraints;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.LinuxResources;
import dev.buildkit.llb.Mount;
import dev.buildkit.llb.NetworkMode;
import dev.buildkit.llb.ProxyEnv;
import dev.buildkit.llb.SecurityMode;
import dev.buildkit.llb.State;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A command runs as it is described, and the daemon confines it as far as it is said. */
@IntegrationTest
class ExecIT {
  private static final State BUSYBOX = State.image("busybox");

  /** Makes a command new to the cache of the daemon. */
  private final String unique = " # " + UUID.randomUUID();

  @Test
  void argumentsReachTheProgramAsTheyAre(BuildKitClient client) throws Exception {
    Exec exec = Exec.args("sh", "-c", "printf '%s\\n' \"$@\" > /out/args", "sh", "a b", "$HOME", "*");

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
    Exec inherits = Exec.shell("echo $FROM_STATE $BOTH $PWD $(id -un) $(hostname) > /out/is");
    Exec overrides = inherits
        .addEnv("BOTH", "exec")
        .dir("bin")
        .user("65534:1")
        .hostname("of-the-command");
    State writable = State.scratch().file(FileAction.mkdir("/all", 0777));

    assertThat(textOfAnyUser(client, base, inherits, writable))
        .isEqualTo("state state /usr daemon of-the-state\n");
    assertThat(textOfAnyUser(client, base, overrides, writable))
        .isEqualTo("state exec /usr/bin nobody of-the-command\n");
  }

  private static String textOfAnyUser(
      BuildKitClient client, State base, Exec exec, State writable) throws Exception {
    State all = base.run(exec.addMount(
            Mount.bind("/out", writable).selector("/all")))
        .mount("/out");
    return Solved.of(client, all).text("all/is");
  }

  @Test
  void extraHostsAreInTheHostsFile(BuildKitClient client) throws Exception {
    Exec exec = Exec.shell("grep -w extra /etc/hosts > /out/four; grep -w six /etc/hosts > /out/six")
        .addExtraHost("extra", "10.1.2.3")
        .addExtraHost("six", "fd00::7");
    Solved solved = solved(client, exec);

    assertThat(solved.text("four")).isEqualTo("10.1.2.3\textra\n");
    assertThat(solved.text("six")).isEqualTo("fd00::7\tsix\n");
  }

  @Test
  void limitsOfProcessesAreInForce(BuildKitClient client) throws Exception {
    Exec exec = Exec.shell("ulimit -S -n > /out/soft; ulimit -H -n > /out/hard; ulimit -c > /out/core")
        .addUlimit("nofile", 123, 456)
        .addUlimit("core", 0, 0);
    Solved solved = solved(client, exec);

    assertThat(solved.text("soft")).isEqualTo("123\n");
    assertThat(solved.text("hard")).isEqualTo("456\n");
    assertThat(solved.text("core")).isEqualTo("0\n");
  }

  @Test
  void theControlGroupIsBelowItsParent(BuildKitClient client) throws Exception {
    String parent = "/buildkit-java-" + UUID.randomUUID();
    // Of the daemon's control groups a confined command sees its own as the root.
    Exec exec = Exec.shell("cat /proc/self/mountinfo > /out/mounts").cgroupParent(parent);

    assertThat(text(client, exec, "mounts")).contains(parent);
  }

  @Test
  void withoutANetworkThereIsOnlyTheLoopbackInterface(BuildKitClient client) throws Exception {
    Exec exec = Exec.shell("ls /sys/class/net > /out/interfaces" + unique)
        .network(NetworkMode.NONE);

    assertThat(text(client, exec, "interfaces")).isEqualTo("lo\n");
  }

  @Test
  void theHostsNetworkMustBeAllowed(BuildKitClient client) throws Exception {
    State state = Solved.out(
        BUSYBOX, Exec.shell("ls /proc/net > /out/net" + unique).network(NetworkMode.HOST));

    assertThatThrownBy(() -> Solved.of(client, state))
        .isInstanceOf(SolveException.class)
        .hasMessageContaining("network.host is not allowed");
    assertThat(Solved.of(
                client,
                SolveRequest.definition(state.marshal()).allow(Entitlement.NETWORK_HOST))
            .text("net"))
        .contains("tcp");
  }

  @Test
  void insecureCommandsMustBeAllowedAndGetAllCapabilities(BuildKitClient client) throws Exception {
    Exec exec = Exec.shell("grep CapEff /proc/self/status > /out/capabilities" + unique);
    State insecure = Solved.out(BUSYBOX, exec.security(SecurityMode.INSECURE));

    assertThatThrownBy(() -> Solved.of(client, insecure))
        .isInstanceOf(SolveException.class)
        .hasMessageContaining("security.insecure is not allowed");
    String confined = text(client, exec, "capabilities");
    String all = Solved.of(
            client,
            SolveRequest.definition(insecure.marshal()).allow(Entitlement.SECURITY_INSECURE))
        .text("capabilities");
    assertThat(Long.bitCount(capabilities(all))).isGreaterThan(Long.bitCount(capabilities(confined)));
  }

  private static long capabilities(String line) {
    return Long.parseUnsignedLong(line.substring(line.indexOf('\t') + 1).strip(), 16);
  }

  @Test
  void otherExitCodesMayCountAsSuccess(BuildKitClient client) throws Exception {
    Exec exec = Exec.shell("echo done > /out/file; exit 3" + unique).validExitCodes(3, 4);

    assertThat(text(client, exec, "file")).isEqualTo("done\n");
    assertThatThrownBy(() -> solved(client, Exec.shell("exit 0" + unique).validExitCodes(3)))
        .isInstanceOfSatisfying(
            SolveException.class, e -> assertThat(e.exitCode()).hasValue(0));
  }

  @Test
  void aReadonlyRootCannotBeWritten(BuildKitClient client) throws Exception {
    Exec exec = Exec.shell("touch /file 2> /out/error || echo refused > /out/file").readonlyRoot();

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
            "NO_PROXY=localhost\n",
            "ALL_PROXY=http://fourth:4\n");
    assertThat(text(client, exec.proxy(proxies.httpProxy("http://other:1")), "proxies"))
        .as("from the cache")
        .isEqualTo(first);
  }

  @Test
  void resourcesAreLimited(BuildKitClient client) throws Exception {
    LinuxResources resources =
        LinuxResources.none().memoryBytes(64 << 20).cpuPeriodMicros(100_000).cpuQuotaMicros(50_000);
    Exec exec = Exec.shell("cd /sys/fs/cgroup; cat memory/memory.limit_in_bytes memory.max > /out/memory;"
            + " cat cpu/cpu.cfs_quota_us cpu,cpuacct/cpu.cfs_quota_us cpu.max > /out/cpu; true" + unique)
        .constraints(Constraints.none().linuxResources(resources));
    Solved solved = solved(client, exec);

    assertThat(solved.text("memory")).contains("67108864");
    assertThat(solved.text("cpu")).contains("50000");
  }

  @Test
  void aDeviceThatTheDaemonDoesNotHaveIsNamedUnlessItIsOptional(BuildKitClient client)
      throws Exception {
    Exec exec = Exec.shell("echo ran > /out/file" + unique);
    String device = "example.com/none=0";

    assertThatThrownBy(() -> Solved.of(
            client,
            SolveRequest.definition(Solved.out(BUSYBOX, exec.addCdiDevice(device)).marshal())
                .allow(Entitlement.device(device))))
        .isInstanceOf(SolveException.class)
        .hasMessageContaining(device);
    assertThat(text(client, exec.addOptionalCdiDevice(device), "file")).isEqualTo("ran\n");
  }

  private static Solved solved(BuildKitClient client, Exec exec) throws Exception {
    return Solved.of(client, Solved.out(BUSYBOX, exec));
  }

  private static String text(BuildKitClient client, Exec exec, String file) throws Exception {
    return solved(client, exec).text(file);
  }
}
