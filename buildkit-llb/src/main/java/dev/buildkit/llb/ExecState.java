/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a command leaves: the root file system, which this state is, and its writable mounts.
 *
 * <pre>{@code
 * ExecState build = golang.run(Exec.args("go", "build").addMount("/out", State.scratch()));
 * State image = State.image("alpine:3.22").copy(build.mount("/out"), "app", "/usr/bin/");
 * }</pre>
 */
public final class ExecState extends State {
  private final ExecVertex vertex;
  private final Exec exec;

  private ExecState(State root, ExecVertex vertex, Exec exec) {
    super(root);
    this.vertex = vertex;
    this.exec = exec;
  }

  static ExecState of(State base, Exec exec) {
    ExecVertex vertex = new ExecVertex(base, requireNonNull(exec, "exec"));
    Output root = exec.readonlyRoot ? base.output() : vertex.output("/");
    return new ExecState(base.output(root), vertex, exec);
  }

  /** Returns the program and its arguments. */
  public List<String> args() {
    return exec.args;
  }

  /** Returns the root file system after the command. */
  public State root() {
    return this;
  }

  /**
   * Returns what the command leaves at the mount with this target, with the environment, directory and
   * the like of the state that was mounted.
   *
   * <p>For a read-only mount that is what was mounted, and for a target that was never mounted it is
   * {@link State#scratch()}.
   *
   * @param target as it was given to the mount
   * @throws IllegalArgumentException if the mount keeps nothing: a cache, a tmpfs or one without output
   */
  public State mount(String target) {
    requireNonNull(target, "target");
    if (target.equals("/")) {
      return root();
    }
    for (Mount mount : exec.mounts) {
      if (mount.target().equals(target)) {
        return output(mount);
      }
    }
    return State.scratch();
  }

  private State output(Mount mount) {
    if (mount.isReadonly()) {
      return mount.source();
    }
    mount.whyNoOutput().ifPresent(why -> {
      throw new IllegalArgumentException("mount " + mount.target() + " can't be used as a state: "
          + why + "; use a writable Mount.bind for files to keep");
    });
    return mount.source().output(vertex.output(mount.target()));
  }
}
