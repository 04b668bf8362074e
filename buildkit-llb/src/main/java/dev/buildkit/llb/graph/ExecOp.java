/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import dev.buildkit.llb.CacheSharingMode;
import dev.buildkit.llb.NetworkMode;
import dev.buildkit.llb.ProxyEnv;
import dev.buildkit.llb.SecurityMode;
import java.util.List;
import java.util.Optional;

/**
 * Runs a command on file systems.
 *
 * @param mounts what the command sees, one of them as the root, {@code /}
 * @param secretEnv secrets as environment variables
 */
public record ExecOp(
    Meta meta,
    List<Mount> mounts,
    NetworkMode network,
    SecurityMode security,
    List<SecretEnv> secretEnv,
    List<CdiDevice> cdiDevices)
    implements Op {
  /** Copies the lists. */
  public ExecOp {
    mounts = List.copyOf(mounts);
    secretEnv = List.copyOf(secretEnv);
    cdiDevices = List.copyOf(cdiDevices);
  }

  /**
   * A process.
   *
   * @param args the program and its arguments
   * @param env variables as {@code NAME=value}
   * @param cwd the working directory
   * @param user a name or number, with {@code :GROUP} if there is one; empty for root
   * @param proxyEnv proxies, which do not count for the cache
   * @param extraHosts lines for {@code /etc/hosts}
   * @param removeMountStubsRecursive whether directories that were made as mount points go afterwards
   * @param validExitCodes those that count as success; only 0 if there are none
   */
  public record Meta(
      List<String> args,
      List<String> env,
      String cwd,
      String user,
      ProxyEnv proxyEnv,
      List<HostIp> extraHosts,
      String hostname,
      List<Ulimit> ulimits,
      String cgroupParent,
      boolean removeMountStubsRecursive,
      List<Integer> validExitCodes) {
    /** Copies the lists. */
    public Meta {
      args = List.copyOf(args);
      env = List.copyOf(env);
      extraHosts = List.copyOf(extraHosts);
      ulimits = List.copyOf(ulimits);
      validExitCodes = List.copyOf(validExitCodes);
    }
  }

  /** A name and its address. */
  public record HostIp(String host, String ip) {}

  /**
   * A limit of the process.
   *
   * @param name as of setrlimit, such as {@code nofile}
   */
  public record Ulimit(String name, long soft, long hard) {}

  /**
   * A secret as an environment variable.
   *
   * @param id of the secret
   * @param name of the variable
   * @param optional whether the command also runs without it
   */
  public record SecretEnv(String id, String name, boolean optional) {}

  /**
   * A device of the worker's machine.
   *
   * @param name such as {@code vendor.com/gpu=0}
   * @param optional whether the command also runs without it
   */
  public record CdiDevice(String name, boolean optional) {}

  /**
   * Something at a path that the command sees.
   *
   * @param input the index of an input, or -1
   * @param selector the part of the input that is mounted; empty for all of it
   * @param dest where the command sees it
   * @param output the output that it becomes, or -1
   * @param tmpfsOpt present at {@link MountType#TMPFS}
   * @param cacheOpt present at {@link MountType#CACHE}
   * @param secretOpt present at {@link MountType#SECRET}
   * @param sshOpt present at {@link MountType#SSH}
   * @param resultId a result in place of an input; only in containers of frontends
   */
  public record Mount(
      int input,
      String selector,
      String dest,
      int output,
      boolean readonly,
      MountType mountType,
      Optional<TmpfsOpt> tmpfsOpt,
      Optional<CacheOpt> cacheOpt,
      Optional<SecretOpt> secretOpt,
      Optional<SshOpt> sshOpt,
      String resultId,
      MountContentCache contentCache) {}

  /** What is mounted. */
  public enum MountType {
    /** An input, or an empty directory. */
    BIND,
    /** A file that holds a secret. */
    SECRET,
    /** A socket that leads to an SSH agent. */
    SSH,
    /** A directory that outlives the build. */
    CACHE,
    /** A directory in memory. */
    TMPFS
  }

  /** Whether the cache looks at the content of mounted files instead of at how they were made. */
  public enum MountContentCache {
    /** Where it is safe, but for the root. */
    DEFAULT,
    /** Yes. */
    ON,
    /** No. */
    OFF
  }

  /**
   * Options of a directory in memory.
   *
   * @param sizeBytes its limit; 0 for none of its own
   */
  public record TmpfsOpt(long sizeBytes) {}

  /** The cache directory that is mounted; commands with the same id share it. */
  public record CacheOpt(String id, CacheSharingMode sharing) {}

  /**
   * The secret that is mounted.
   *
   * @param uid the owner of the file
   * @param mode permissions, such as 0400
   * @param optional whether the command also runs without it
   */
  public record SecretOpt(String id, long uid, long gid, int mode, boolean optional) {}

  /**
   * The SSH agent that is mounted.
   *
   * @param id empty for {@code default}
   * @param uid the owner of the socket
   * @param mode permissions, such as 0600
   * @param optional whether the command also runs without it
   */
  public record SshOpt(String id, long uid, long gid, int mode, boolean optional) {}
}
