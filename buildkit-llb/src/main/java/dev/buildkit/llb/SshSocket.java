/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import dev.buildkit.api.OpsProto;
import dev.buildkit.api.OpsProto.MountType;
import dev.buildkit.api.OpsProto.SSHOpt;

/**
 * A socket through which a command talks to an SSH agent of the client.
 *
 * <p>The variable {@code SSH_AUTH_SOCK} of the command is set to its first socket, unless it has a
 * value already. Each method returns a changed copy.
 */
public final class SshSocket {
  private final SSHOpt options;
  private final String target;

  private SshSocket(SSHOpt options, String target) {
    this.options = options;
    this.target = target;
  }

  /** Returns a socket to the client's default agent, for root alone (mode 0600). */
  public static SshSocket ofDefaultAgent() {
    return new SshSocket(SSHOpt.newBuilder().setMode(0600).build(), "");
  }

  /**
   * Returns a socket to the agent that the client offers as {@code id}, for root alone (mode 0600).
   *
   * @throws IllegalArgumentException if it is empty
   */
  public static SshSocket of(String id) {
    Check.notEmpty(id, "ssh socket: id", "use SshSocket.ofDefaultAgent()");
    return new SshSocket(SSHOpt.newBuilder().setID(id).setMode(0600).build(), "");
  }

  /** Sets the path of the socket; the default is {@code /run/buildkit/ssh_agent.N}. */
  public SshSocket target(String target) {
    return new SshSocket(options, requireNonNull(target, "target"));
  }

  /**
   * Sets the owner of the socket; the default is root.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public SshSocket owner(int uid, int gid) {
    SSHOpt changed = options.toBuilder()
        .setUid(Check.id(uid, "uid"))
        .setGid(Check.id(gid, "gid"))
        .build();
    return new SshSocket(changed, target);
  }

  /**
   * Sets the permissions of the socket; the default is 0600.
   *
   * @param mode in octal, such as 0660
   * @throws IllegalArgumentException if it is not between 0 and 07777
   */
  public SshSocket mode(int mode) {
    return new SshSocket(options.toBuilder().setMode(Check.mode(mode)).build(), target);
  }

  /** Runs the command without the socket if the client has no such agent. */
  public SshSocket optional() {
    return new SshSocket(options.toBuilder().setOptional(true).build(), target);
  }

  /** Returns the path of this socket as the one at {@code index} among those of a command. */
  String target(int index) {
    return target.isEmpty() ? "/run/buildkit/ssh_agent." + index : target;
  }

  OpsProto.Mount toMount(int index) {
    return OpsProto.Mount.newBuilder()
        .setInput(Inputs.NONE)
        .setDest(target(index))
        .setMountType(MountType.SSH)
        .setSSHOpt(options)
        .build();
  }

  @Override
  public String toString() {
    return "SshSocket[" + (options.getID().isEmpty() ? "default" : options.getID()) + "]";
  }
}
