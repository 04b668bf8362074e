/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import dev.buildkit.api.OpsProto;
import dev.buildkit.llb.CacheSharingMode;
import dev.buildkit.llb.NetworkMode;
import dev.buildkit.llb.ProxyEnv;
import dev.buildkit.llb.SecurityMode;
import java.util.Optional;

/** Reads a command. */
final class ExecReader {
  private final OpsProto.Op op;
  private final Door door;

  ExecReader(OpsProto.Op op, Door door) {
    this.op = op;
    this.door = door;
  }

  ExecOp read() {
    OpsProto.ExecOp exec = op.getExec();
    return new ExecOp(
        meta(exec.getMeta()),
        exec.getMountsList().stream().map(this::mount).toList(),
        network(exec),
        security(exec),
        exec.getSecretenvList().stream()
            .map(env -> new ExecOp.SecretEnv(env.getID(), env.getName(), env.getOptional()))
            .toList(),
        exec.getCdiDevicesList().stream()
            .map(device -> new ExecOp.CdiDevice(device.getName(), device.getOptional()))
            .toList());
  }

  private static ExecOp.Meta meta(OpsProto.Meta meta) {
    return new ExecOp.Meta(
        meta.getArgsList(),
        meta.getEnvList(),
        meta.getCwd(),
        meta.getUser(),
        proxies(meta.getProxyEnv()),
        meta.getExtraHostsList().stream()
            .map(host -> new ExecOp.HostIp(host.getHost(), host.getIP()))
            .toList(),
        meta.getHostname(),
        meta.getUlimitList().stream()
            .map(limit -> new ExecOp.Ulimit(limit.getName(), limit.getSoft(), limit.getHard()))
            .toList(),
        meta.getCgroupParent(),
        meta.getRemoveMountStubsRecursive(),
        meta.getValidExitCodesList());
  }

  private static ProxyEnv proxies(OpsProto.ProxyEnv env) {
    return ProxyEnv.none()
        .httpProxy(env.getHttpProxy())
        .httpsProxy(env.getHttpsProxy())
        .ftpProxy(env.getFtpProxy())
        .noProxy(env.getNoProxy())
        .allProxy(env.getAllProxy());
  }

  private NetworkMode network(OpsProto.ExecOp exec) {
    return switch (exec.getNetwork()) {
      case UNSET -> NetworkMode.SANDBOX;
      case HOST -> NetworkMode.HOST;
      case NONE -> NetworkMode.NONE;
      case UNRECOGNIZED -> throw door.unknown("exec.network", exec.getNetworkValue());
    };
  }

  private SecurityMode security(OpsProto.ExecOp exec) {
    return switch (exec.getSecurity()) {
      case SANDBOX -> SecurityMode.SANDBOX;
      case INSECURE -> SecurityMode.INSECURE;
      case UNRECOGNIZED -> throw door.unknown("exec.security", exec.getSecurityValue());
    };
  }

  private ExecOp.Mount mount(OpsProto.Mount mount) {
    String field = "exec.mounts[" + mount.getDest() + "]";
    return new ExecOp.Mount(
        door.index(mount.getInput(), op.getInputsCount(), field + ".input"),
        mount.getSelector(),
        mount.getDest(),
        door.index(mount.getOutput(), op.getExec().getMountsCount(), field + ".output"),
        mount.getReadonly(),
        type(mount, field),
        mount.hasTmpfsOpt()
            ? Optional.of(new ExecOp.TmpfsOpt(mount.getTmpfsOpt().getSize()))
            : Optional.empty(),
        mount.hasCacheOpt() ? Optional.of(cache(mount.getCacheOpt(), field)) : Optional.empty(),
        mount.hasSecretOpt() ? Optional.of(secret(mount.getSecretOpt())) : Optional.empty(),
        mount.hasSSHOpt() ? Optional.of(ssh(mount.getSSHOpt())) : Optional.empty(),
        mount.getResultID(),
        contentCache(mount, field));
  }

  private ExecOp.MountType type(OpsProto.Mount mount, String field) {
    return switch (mount.getMountType()) {
      case BIND -> ExecOp.MountType.BIND;
      case SECRET -> ExecOp.MountType.SECRET;
      case SSH -> ExecOp.MountType.SSH;
      case CACHE -> ExecOp.MountType.CACHE;
      case TMPFS -> ExecOp.MountType.TMPFS;
      case UNRECOGNIZED -> throw door.unknown(field + ".mountType", mount.getMountTypeValue());
    };
  }

  private ExecOp.MountContentCache contentCache(OpsProto.Mount mount, String field) {
    return switch (mount.getContentCache()) {
      case DEFAULT -> ExecOp.MountContentCache.DEFAULT;
      case ON -> ExecOp.MountContentCache.ON;
      case OFF -> ExecOp.MountContentCache.OFF;
      case UNRECOGNIZED ->
        throw door.unknown(field + ".contentCache", mount.getContentCacheValue());
    };
  }

  private ExecOp.CacheOpt cache(OpsProto.CacheOpt cache, String field) {
    CacheSharingMode sharing = switch (cache.getSharing()) {
      case SHARED -> CacheSharingMode.SHARED;
      case PRIVATE -> CacheSharingMode.PRIVATE;
      case LOCKED -> CacheSharingMode.LOCKED;
      case UNRECOGNIZED -> throw door.unknown(field + ".cacheOpt.sharing", cache.getSharingValue());
    };
    return new ExecOp.CacheOpt(cache.getID(), sharing);
  }

  private static ExecOp.SecretOpt secret(OpsProto.SecretOpt secret) {
    return new ExecOp.SecretOpt(
        secret.getID(),
        Integer.toUnsignedLong(secret.getUid()),
        Integer.toUnsignedLong(secret.getGid()),
        secret.getMode(),
        secret.getOptional());
  }

  private static ExecOp.SshOpt ssh(OpsProto.SSHOpt ssh) {
    return new ExecOp.SshOpt(
        ssh.getID(),
        Integer.toUnsignedLong(ssh.getUid()),
        Integer.toUnsignedLong(ssh.getGid()),
        ssh.getMode(),
        ssh.getOptional());
  }
}
