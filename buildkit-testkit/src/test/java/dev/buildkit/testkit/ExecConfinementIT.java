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
import dev.buildkit.llb.LinuxResources;
import dev.buildkit.llb.NetworkMode;
import dev.buildkit.llb.SecurityMode;
import dev.buildkit.llb.State;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A daemon confines a command as far as it is told. */
@IntegrationTest
class ExecConfinementIT {
  private static final State BUSYBOX = State.image("busybox");

  /** Makes a command new to the cache of the daemon. */
  private final String unique = " # " + UUID.randomUUID();

  @Test
  @Requires(llb = "exec.meta.ulimit")
  void limitsOfProcessesAreInForce(BuildKitClient client) throws Exception {
    Exec exec = Exec.shell(
            "ulimit -S -n > /out/soft; ulimit -H -n > /out/hard; ulimit -c > /out/core")
        .addUlimit("nofile", 123, 456)
        .addUlimit("core", 0, 0);
    Solved solved = solved(client, exec);

    assertThat(solved.text("soft")).isEqualTo("123\n");
    assertThat(solved.text("hard")).isEqualTo("456\n");
    assertThat(solved.text("core")).isEqualTo("0\n");
  }

  @Test
  @Requires(llb = "exec.meta.cgroup.parent")
  void theControlGroupIsBelowItsParent(BuildKitClient client) throws Exception {
    String parent = "/buildkit-java-" + UUID.randomUUID();
    Exec exec = Exec.shell("cat /proc/self/mountinfo > /out/mounts").cgroupParent(parent);

    // In version 2 a command sees its own group as the root of all.
    assertThat(text(client, exec, "mounts")).containsAnyOf(parent, " - cgroup2 ");
  }

  @Test
  void withoutANetworkThereIsOnlyTheLoopbackInterface(BuildKitClient client) throws Exception {
    Exec exec =
        Exec.shell("ls /sys/class/net > /out/interfaces" + unique).network(NetworkMode.NONE);

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
                client, SolveRequest.definition(state.marshal()).allow(Entitlement.NETWORK_HOST))
            .text("net"))
        .contains("tcp");
  }

  @Test
  @Requires(Capability.INSECURE_COMMANDS)
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
    assertThat(Long.bitCount(capabilities(all)))
        .isGreaterThan(Long.bitCount(capabilities(confined)));
  }

  private static long capabilities(String line) {
    return Long.parseUnsignedLong(line.substring(line.indexOf('\t') + 1).strip(), 16);
  }

  @Test
  @Requires(llb = "exec.meta.linux.resources")
  void resourcesAreLimited(BuildKitClient client) throws Exception {
    LinuxResources resources =
        LinuxResources.none().memoryBytes(64 << 20).cpuPeriodMicros(100_000).cpuQuotaMicros(50_000);
    Exec exec = Exec.shell(
            "cd /sys/fs/cgroup; cat memory/memory.limit_in_bytes memory.max > /out/memory;"
                + " cat cpu/cpu.cfs_quota_us cpu,cpuacct/cpu.cfs_quota_us cpu.max > /out/cpu; true"
                + unique)
        .constraints(Constraints.none().linuxResources(resources));
    Solved solved = solved(client, exec);

    assertThat(solved.text("memory")).contains("67108864");
    assertThat(solved.text("cpu")).contains("50000");
  }

  @Test
  @Requires(value = Capability.DEVICES, llb = "exec.meta.cdi")
  void aDeviceThatTheDaemonDoesNotHaveIsNamedUnlessItIsOptional(BuildKitClient client)
      throws Exception {
    Exec exec = Exec.shell("echo ran > /out/file" + unique);
    String device = "example.com/none=0";

    assertThatThrownBy(() -> Solved.of(
            client,
            SolveRequest.definition(
                    Solved.out(BUSYBOX, exec.addCdiDevice(device)).marshal())
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
