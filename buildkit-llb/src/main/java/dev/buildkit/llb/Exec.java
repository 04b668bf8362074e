/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import dev.buildkit.api.OpsProto.CDIDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A command to {@linkplain State#run(Exec) run} on a state, with what it sees besides the files.
 *
 * <p>What is set here is for this command alone; environment, directory, user and the like of the
 * state it runs on hold where nothing is set. Each method returns a changed copy.
 *
 * <pre>{@code
 * Exec.args("go", "build", "-o", "/out/app", ".")
 *     .dir("/src")
 *     .addEnv("CGO_ENABLED", "0")
 *     .addMount(Mount.bind("/src", source).readonly())
 *     .addMount(Mount.cache("/root/.cache/go-build", "go-build"))
 *     .addMount("/out", State.scratch())
 * }</pre>
 */
public final class Exec {
  final List<String> args;
  private final List<MetaChange> changes;
  final List<Mount> mounts;
  final List<Secret> secrets;
  final List<SshSocket> sshSockets;
  final List<CDIDevice> cdiDevices;
  final List<Integer> validExitCodes;
  final @Nullable ProxyEnv proxy;
  final boolean readonlyRoot;
  final Constraints constraints;

  private Exec(Draft draft) {
    args = List.copyOf(draft.args);
    changes = List.copyOf(draft.changes);
    mounts = List.copyOf(draft.mounts);
    secrets = List.copyOf(draft.secrets);
    sshSockets = List.copyOf(draft.sshSockets);
    cdiDevices = List.copyOf(draft.cdiDevices);
    validExitCodes = List.copyOf(draft.validExitCodes);
    proxy = draft.proxy;
    readonlyRoot = draft.readonlyRoot;
    constraints = draft.constraints;
  }

  /**
   * Returns the command with these arguments, the first of which is the program. No shell is involved.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static Exec args(String... args) {
    return args(List.of(args));
  }

  /**
   * Returns the command with these arguments, the first of which is the program. No shell is involved.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static Exec args(List<String> args) {
    if (args.isEmpty()) {
      throw new IllegalArgumentException(
          "exec: arguments are required; name the program to run, such as Exec.args(\"make\")");
    }
    return new Exec(new Draft(args));
  }

  /**
   * Returns a command line for {@code /bin/sh -c}, in which variables, pipes and the like work.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public static Exec shell(String commandLine) {
    Check.notEmpty(commandLine, "exec: command line", "write what the shell is to run");
    return args("/bin/sh", "-c", commandLine);
  }

  /**
   * Returns the command whose arguments are the words of {@code commandLine}: quotes and backslashes
   * work as in a shell and {@code #} begins a comment, but nothing is expanded and no shell runs.
   *
   * @throws IllegalArgumentException if there are no words, or if a quote or an escape does not end
   */
  public static Exec shlex(String commandLine) {
    return args(Shlex.split(requireNonNull(commandLine, "commandLine")));
  }

  /** Sets an environment variable. One that is set again moves to the end of the environment. */
  public Exec addEnv(String name, String value) {
    return change(MetaChange.env(name, value));
  }

  /** Sets an environment variable unless it is set already, be it to nothing. */
  public Exec addEnvIfAbsent(String name, String value) {
    return change(MetaChange.envIfAbsent(name, value));
  }

  /** Takes a variable out of the environment; one that is not there is no error. */
  public Exec removeEnv(String name) {
    return change(MetaChange.noEnv(name));
  }

  /** Sets the working directory; a relative one is taken from that of the state. */
  public Exec dir(String path) {
    return change(MetaChange.dir(path));
  }

  /** Sets the user, such as {@code app}, {@code 1000} or {@code 1000:1000}; empty is root. */
  public Exec user(String user) {
    return change(MetaChange.user(user));
  }

  /** Sets the name of the machine that the command sees. */
  public Exec hostname(String hostname) {
    return change(MetaChange.hostname(hostname));
  }

  /** Sets which network the command sees. */
  public Exec network(NetworkMode mode) {
    return change(MetaChange.network(mode));
  }

  /** Sets how far the command is confined. */
  public Exec security(SecurityMode mode) {
    return change(MetaChange.security(mode));
  }

  /**
   * Adds a line to {@code /etc/hosts}.
   *
   * @throws IllegalArgumentException if {@code host} is empty or {@code ip} is no IP address
   */
  public Exec addExtraHost(String host, String ip) {
    return change(MetaChange.extraHost(host, ip));
  }

  /**
   * Limits a resource of the processes.
   *
   * @param name as in {@code limits.conf}, such as {@code nofile}
   * @param soft is the limit in force, -1 for none
   * @param hard is the most to which the process may raise it, -1 for none
   * @throws IllegalArgumentException if a limit is below -1, or the soft one exceeds the hard one
   */
  public Exec addUlimit(String name, long soft, long hard) {
    return change(MetaChange.ulimit(name, soft, hard));
  }

  /** Sets the control group below which the processes get theirs. */
  public Exec cgroupParent(String path) {
    return change(MetaChange.cgroupParent(path));
  }

  /**
   * Adds a mount.
   *
   * @throws IllegalArgumentException if there is one with the same target, or the target is {@code /}
   */
  public Exec addMount(Mount mount) {
    if (mount.target().equals("/")) {
      throw new IllegalArgumentException(
          "exec: mount target / is the root of the state that the command runs on; use another, or"
              + " readonlyRoot()");
    }
    if (mounts.stream().anyMatch(other -> other.target().equals(mount.target()))) {
      throw new IllegalArgumentException(
          "exec: mount target " + mount.target() + " is given twice; use another for one of them");
    }
    return copy(draft -> draft.mounts.add(mount));
  }

  /**
   * Mounts the files of {@code source} at {@code target}, which the command may change.
   *
   * @throws IllegalArgumentException as {@link #addMount(Mount)} does
   */
  public Exec addMount(String target, State source) {
    return addMount(Mount.bind(target, source));
  }

  /** Adds a secret. */
  public Exec addSecret(Secret secret) {
    return copy(draft -> draft.secrets.add(secret));
  }

  /**
   * Adds the secret {@code id} as the file {@code target}.
   *
   * @throws IllegalArgumentException if one is empty
   */
  public Exec addSecret(String id, String target) {
    return addSecret(Secret.file(id, target));
  }

  /** Adds a socket of an SSH agent. */
  public Exec addSshSocket(SshSocket socket) {
    return copy(draft -> draft.sshSockets.add(socket));
  }

  /** Adds a socket of the client's default SSH agent. */
  public Exec addSshSocket() {
    return addSshSocket(SshSocket.ofDefaultAgent());
  }

  /**
   * Adds a device by its CDI name; the solve must allow the entitlement {@code device}.
   *
   * @param name such as {@code vendor.com/gpu=0}, or {@code vendor.com/gpu=*} for all of a class
   * @throws IllegalArgumentException if it is empty
   */
  public Exec addCdiDevice(String name) {
    return addCdiDevice(name, false);
  }

  /**
   * Adds a device by its CDI name, if the worker has it.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public Exec addOptionalCdiDevice(String name) {
    return addCdiDevice(name, true);
  }

  private Exec addCdiDevice(String name, boolean optional) {
    Check.notEmpty(name, "exec: CDI device", "name one, such as vendor.com/gpu=0");
    CDIDevice device =
        CDIDevice.newBuilder().setName(name).setOptional(optional).build();
    return copy(draft -> draft.cdiDevices.add(device));
  }

  /** Sets the proxies that the command uses. */
  public Exec proxy(ProxyEnv proxy) {
    requireNonNull(proxy, "proxy");
    return copy(draft -> draft.proxy = proxy);
  }

  /** Forbids the command to change the root file system, which then stays what it was. */
  public Exec readonlyRoot() {
    return copy(draft -> draft.readonlyRoot = true);
  }

  /** Sets the exit codes with which the command counts as successful; the default is 0 alone. */
  public Exec validExitCodes(int... codes) {
    return copy(draft -> {
      draft.validExitCodes.clear();
      for (int code : codes) {
        draft.validExitCodes.add(code);
      }
    });
  }

  /** Sets where and how the command runs and how it is shown, instead of what was set before. */
  public Exec constraints(Constraints constraints) {
    requireNonNull(constraints, "constraints");
    return copy(draft -> draft.constraints = constraints);
  }

  /** Returns the metadata of the state that the command runs on, as the command sees it. */
  Meta applyTo(Meta base) {
    return changes.isEmpty()
        ? base
        : base.change(draft -> changes.forEach(change -> change.accept(draft)));
  }

  private Exec change(MetaChange change) {
    return copy(draft -> draft.changes.add(change));
  }

  private Exec copy(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return new Exec(draft);
  }

  /** Returns the arguments. Secrets and the environment are left out. */
  @Override
  public String toString() {
    return "Exec" + args;
  }

  /** A command in the making. */
  private static final class Draft {
    private final List<String> args;
    private final List<MetaChange> changes = new ArrayList<>();
    private final List<Mount> mounts = new ArrayList<>();
    private final List<Secret> secrets = new ArrayList<>();
    private final List<SshSocket> sshSockets = new ArrayList<>();
    private final List<CDIDevice> cdiDevices = new ArrayList<>();
    private final List<Integer> validExitCodes = new ArrayList<>();
    private @Nullable ProxyEnv proxy;
    private boolean readonlyRoot;
    private Constraints constraints = Constraints.none();

    Draft(List<String> args) {
      this.args = args;
    }

    Draft(Exec exec) {
      args = exec.args;
      changes.addAll(exec.changes);
      mounts.addAll(exec.mounts);
      secrets.addAll(exec.secrets);
      sshSockets.addAll(exec.sshSockets);
      cdiDevices.addAll(exec.cdiDevices);
      validExitCodes.addAll(exec.validExitCodes);
      proxy = exec.proxy;
      readonlyRoot = exec.readonlyRoot;
      constraints = exec.constraints;
    }
  }
}
