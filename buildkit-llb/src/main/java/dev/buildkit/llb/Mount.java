/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import dev.buildkit.api.OpsProto;
import dev.buildkit.api.OpsProto.CacheOpt;
import dev.buildkit.api.OpsProto.MountContentCache;
import dev.buildkit.api.OpsProto.MountType;
import dev.buildkit.api.OpsProto.TmpfsOpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A directory that a command sees besides its root file system.
 *
 * <p>What a command writes to a {@linkplain #bind bind mount} is an output of the command, which
 * {@link ExecState#mount} returns; a {@linkplain #cache cache} keeps its files from one build to the
 * next, a {@linkplain #tmpfs tmpfs} loses them. Each method returns a changed copy.
 */
public final class Mount {
  private final State source;
  private final OpsProto.Mount template;
  private final boolean noOutput;

  private Mount(State source, OpsProto.Mount template, boolean noOutput) {
    this.source = source;
    this.template = template;
    this.noOutput = noOutput;
  }

  private static OpsProto.Mount.Builder at(String target) {
    Check.notEmpty(
        target, "mount: target", "give the path where the command sees it, such as /src");
    return OpsProto.Mount.newBuilder().setDest(target);
  }

  /**
   * Mounts the files of {@code source} at {@code target}, which the command may change.
   *
   * @throws IllegalArgumentException if {@code target} is empty
   */
  public static Mount bind(String target, State source) {
    return new Mount(requireNonNull(source, "source"), at(target).build(), false);
  }

  /**
   * Mounts the cache directory {@code id}, shared by all commands that mount it.
   *
   * @param id names the directory on the daemon
   * @throws IllegalArgumentException if one is empty
   */
  public static Mount cache(String target, String id) {
    return cache(target, id, CacheSharingMode.SHARED);
  }

  /**
   * Mounts the cache directory {@code id}.
   *
   * @param id names the directory on the daemon
   * @throws IllegalArgumentException if one is empty
   */
  public static Mount cache(String target, String id, CacheSharingMode sharing) {
    return cache(target, id, sharing, State.scratch());
  }

  /**
   * Mounts the cache directory {@code id}, which holds the files of {@code initial} when it is new.
   *
   * @param id names the directory on the daemon
   * @throws IllegalArgumentException if one is empty
   */
  public static Mount cache(String target, String id, CacheSharingMode sharing, State initial) {
    Check.notEmpty(id, "mount " + target + ": cache id", "name the cache, such as go-build");
    CacheOpt cache =
        CacheOpt.newBuilder().setID(id).setSharing(sharing.toProto()).build();
    return new Mount(
        requireNonNull(initial, "initial"),
        at(target).setMountType(MountType.CACHE).setCacheOpt(cache).build(),
        false);
  }

  /**
   * Mounts an empty directory in memory, without a limit of its size.
   *
   * @throws IllegalArgumentException if {@code target} is empty
   */
  public static Mount tmpfs(String target) {
    return tmpfs(target, TmpfsOpt.getDefaultInstance());
  }

  /**
   * Mounts an empty directory in memory.
   *
   * @param sizeBytes is the most that it holds
   * @throws IllegalArgumentException if {@code target} is empty or the size is not positive
   */
  public static Mount tmpfs(String target, long sizeBytes) {
    if (sizeBytes <= 0) {
      throw new IllegalArgumentException("mount " + target
          + ": sizeBytes must be positive, but was: " + sizeBytes + "; leave it out for no limit");
    }
    return tmpfs(target, TmpfsOpt.newBuilder().setSize(sizeBytes).build());
  }

  private static Mount tmpfs(String target, TmpfsOpt tmpfs) {
    return new Mount(
        State.scratch(),
        at(target).setMountType(MountType.TMPFS).setTmpfsOpt(tmpfs).build(),
        false);
  }

  /** Forbids the command to change the files; there is no output then. */
  public Mount readonly() {
    return new Mount(source, template.toBuilder().setReadonly(true).build(), noOutput);
  }

  /** Lets the command change the files and throws the changes away. */
  public Mount noOutput() {
    return new Mount(source, template, true);
  }

  /**
   * Mounts a file or directory of the source instead of all of it.
   *
   * @param path inside the source
   * @throws IllegalArgumentException if this is a tmpfs, which has nothing to select from
   */
  public Mount selector(String path) {
    if (template.getMountType() == MountType.TMPFS) {
      throw new IllegalArgumentException(
          "mount " + target() + ": a tmpfs has no files to select; use Mount.bind");
    }
    Check.notEmpty(path, "mount " + target() + ": selector", "leave it out to mount everything");
    return new Mount(source, template.toBuilder().setSelector(path).build(), noOutput);
  }

  /**
   * Sets whether the command is taken from the cache when the files of the source are the same, even
   * if the operations that made them are not. The default is decided by BuildKit.
   */
  public Mount contentCache(boolean byContent) {
    MountContentCache value = byContent ? MountContentCache.ON : MountContentCache.OFF;
    return new Mount(source, template.toBuilder().setContentCache(value).build(), noOutput);
  }

  /** Returns the path where the command sees the mount, as it was given. */
  public String target() {
    return template.getDest();
  }

  State source() {
    return source;
  }

  /** Returns all of the mount but its input and output. */
  OpsProto.Mount template() {
    return template;
  }

  /** Returns whether what the command leaves here can be used. */
  boolean hasOutput() {
    return !noOutput && !template.getReadonly() && template.getMountType() == MountType.BIND;
  }

  boolean isReadonly() {
    return template.getReadonly();
  }

  /** Returns why there is no output; empty if there is one. */
  Optional<String> whyNoOutput() {
    if (template.getMountType() == MountType.TMPFS) {
      return Optional.of("it is a tmpfs, whose files are lost");
    }
    if (template.getMountType() == MountType.CACHE) {
      return Optional.of("it is a cache, which belongs to no build");
    }
    return noOutput ? Optional.of("it is marked no-output") : Optional.empty();
  }

  List<String> caps() {
    List<String> caps = new ArrayList<>();
    if (!template.getSelector().isEmpty()) {
      caps.add(Caps.MOUNT_SELECTOR);
    }
    if (template.hasCacheOpt()) {
      caps.addAll(List.of(Caps.MOUNT_CACHE, Caps.MOUNT_CACHE_SHARING));
    } else if (template.hasTmpfsOpt()) {
      caps.add(Caps.MOUNT_TMPFS);
      if (template.getTmpfsOpt().getSize() > 0) {
        caps.add(Caps.MOUNT_TMPFS_SIZE);
      }
    } else if (source.output() != null) {
      caps.add(Caps.MOUNT_BIND);
    }
    if (template.getContentCache() != MountContentCache.DEFAULT) {
      caps.add(Caps.MOUNT_CONTENT_CACHE);
    }
    return caps;
  }

  @Override
  public String toString() {
    return "Mount[" + template.getMountType() + " " + target() + "]";
  }
}
