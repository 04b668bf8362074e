/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import dev.buildkit.api.OpsProto;
import dev.buildkit.api.OpsProto.ExecOp;
import dev.buildkit.api.OpsProto.Op;
import dev.buildkit.llb.internal.Utf8;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A command that runs on a state. */
final class ExecVertex implements Vertex {
  private static final int NO_OUTPUT = -1;

  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private final State base;
  private final Exec exec;
  private final List<Mount> mounts;

  ExecVertex(State base, Exec exec) {
    this.base = base;
    this.exec = exec;
    Mount root = Mount.bind("/", base);
    List<Mount> all = new ArrayList<>(exec.mounts);
    all.add(exec.readonlyRoot ? root.readonly() : root);
    all.sort(Comparator.comparing(Mount::target, Utf8.ORDER));
    this.mounts = List.copyOf(all);
  }

  /** Returns what the command leaves at {@code target}, which is one with an output. */
  Output output(String target) {
    int index = 0;
    for (Mount mount : mounts) {
      if (mount.target().equals(target)) {
        break;
      }
      index += mount.hasOutput() ? 1 : 0;
    }
    return new Output.OfVertex(this, index, exec.constraints.platform().orElse(null));
  }

  @Override
  public List<Output> inputs() {
    List<Output> inputs = new ArrayList<>();
    for (Mount mount : mounts) {
      Output source = mount.source().output();
      if (source != null) {
        inputs.add(source);
      }
    }
    return inputs;
  }

  @Override
  public Operation marshal(MarshalContext context) {
    Set<String> caps = new TreeSet<>(Set.of(Caps.EXEC_BASE));
    Meta meta = exec.applyTo(context.meta(base));
    Constraints own = exec.constraints;
    if (own.platform().isEmpty() && meta.platform != null) {
      own = own.platform(meta.platform);
    }
    if (own.metadata().toProto().hasLinuxResources()) {
      caps.add(Caps.EXEC_LINUX_RESOURCES);
    }
    ExecOp.Builder op = ExecOp.newBuilder()
        .setMeta(meta(meta, context.constraints(), caps))
        .setNetwork(meta.network.toProto())
        .setSecurity(meta.security.toProto())
        .addAllCdiDevices(exec.cdiDevices);
    if (meta.network != NetworkMode.SANDBOX) {
      caps.add(Caps.EXEC_NETWORK);
    }
    if (meta.security != SecurityMode.SANDBOX) {
      caps.add(Caps.EXEC_SECURITY);
    }
    if (!exec.cdiDevices.isEmpty()) {
      caps.add(Caps.EXEC_CDI);
    }
    Inputs inputs = new Inputs(context);
    addMounts(op, inputs, caps);
    addSecrets(op, caps);
    addSshSockets(op, caps);
    Op.Builder envelope = Op.newBuilder()
        .addAllInputs(inputs.all())
        .setPlatform(context.platform(own))
        .setExec(op);
    return context.operation(envelope, own, caps);
  }

  private OpsProto.Meta meta(Meta meta, Constraints graph, Set<String> caps) {
    OpsProto.Meta.Builder message = OpsProto.Meta.newBuilder()
        .addAllArgs(exec.args)
        .setCwd(meta.dir)
        .setUser(meta.user)
        .setHostname(meta.hostname)
        .addAllExtraHosts(meta.extraHosts)
        .addAllUlimit(meta.ulimits)
        .setCgroupParent(meta.cgroupParent)
        .setRemoveMountStubsRecursive(true)
        .addAllValidExitCodes(exec.validExitCodes);
    env(meta, graph, caps).forEach((name, value) -> message.addEnv(name + "=" + value));
    if (!meta.ulimits.isEmpty()) {
      caps.add(Caps.EXEC_ULIMIT);
    }
    if (!exec.validExitCodes.isEmpty()) {
      caps.add(Caps.EXEC_VALID_EXIT_CODES);
    }
    if (exec.proxy != null) {
      caps.add(Caps.EXEC_PROXY);
      message.setProxyEnv(exec.proxy.toProto());
    }
    return message.build();
  }

  private Map<String, String> env(Meta meta, Constraints graph, Set<String> caps) {
    Map<String, String> env = new LinkedHashMap<>(meta.env);
    if (!exec.sshSockets.isEmpty()) {
      env.putIfAbsent("SSH_AUTH_SOCK", exec.sshSockets.get(0).target(0));
    }
    if (graph.has(Caps.EXEC_DEFAULT_PATH)) {
      caps.add(Caps.EXEC_DEFAULT_PATH);
    } else if (graph.lacks(Caps.EXEC_DEFAULT_PATH)
        && graph.platform().stream().noneMatch(platform -> platform.os().equals("windows"))) {
      env.putIfAbsent("PATH", DEFAULT_PATH);
    }
    return env;
  }

  private void addMounts(ExecOp.Builder op, Inputs inputs, Set<String> caps) {
    int outputs = 0;
    for (Mount mount : mounts) {
      op.addMounts(mount.template().toBuilder()
          .setInput(inputs.add(mount.source().output()))
          .setOutput(mount.hasOutput() ? outputs++ : NO_OUTPUT));
      caps.addAll(mount.caps());
    }
  }

  private void addSecrets(ExecOp.Builder op, Set<String> caps) {
    for (Secret secret : exec.secrets) {
      caps.add(Caps.MOUNT_SECRET);
      secret.toMount().ifPresent(op::addMounts);
      secret.toEnv().ifPresent(env -> {
        caps.add(Caps.EXEC_SECRET_ENV);
        op.addSecretenv(env);
      });
    }
  }

  private void addSshSockets(ExecOp.Builder op, Set<String> caps) {
    for (int i = 0; i < exec.sshSockets.size(); i++) {
      caps.add(Caps.MOUNT_SSH);
      op.addMounts(exec.sshSockets.get(i).toMount(i));
    }
  }

  @Override
  public String toString() {
    return exec.toString();
  }
}
