/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import dev.buildkit.api.OpsProto.HostIP;
import dev.buildkit.api.OpsProto.Ulimit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a state carries besides its files, for the commands and file actions that follow: environment,
 * working directory, user and the like.
 */
final class Meta {
  /** The metadata of a fresh state. */
  static final Meta INITIAL = new Draft().build();

  final Map<String, String> env;
  final String dir;
  final String user;
  final String hostname;
  final NetworkMode network;
  final SecurityMode security;
  final List<HostIP> extraHosts;
  final List<Ulimit> ulimits;
  final String cgroupParent;
  final @Nullable Platform platform;

  private Meta(Draft draft) {
    // Not Map.copyOf: the order of the environment counts.
    env = Collections.unmodifiableMap(draft.env);
    dir = draft.dir;
    user = draft.user;
    hostname = draft.hostname;
    network = draft.network;
    security = draft.security;
    extraHosts = List.copyOf(draft.extraHosts);
    ulimits = List.copyOf(draft.ulimits);
    cgroupParent = draft.cgroupParent;
    platform = draft.platform;
  }

  /** Returns a copy on which {@code change} was carried out. */
  Meta change(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.build();
  }

  /** Metadata in the making. */
  static final class Draft {
    private final Map<String, String> env;
    private final List<HostIP> extraHosts;
    private final List<Ulimit> ulimits;
    String dir = "/";
    String user = "";
    String hostname = "";
    NetworkMode network = NetworkMode.SANDBOX;
    SecurityMode security = SecurityMode.SANDBOX;
    String cgroupParent = "";

    @Nullable
    Platform platform;

    private Draft() {
      env = new LinkedHashMap<>();
      extraHosts = new ArrayList<>();
      ulimits = new ArrayList<>();
    }

    private Draft(Meta meta) {
      env = new LinkedHashMap<>(meta.env);
      extraHosts = new ArrayList<>(meta.extraHosts);
      ulimits = new ArrayList<>(meta.ulimits);
      dir = meta.dir;
      user = meta.user;
      hostname = meta.hostname;
      network = meta.network;
      security = meta.security;
      cgroupParent = meta.cgroupParent;
      platform = meta.platform;
    }

    /** Sets a variable; one that is set again moves to the end. */
    void env(String name, String value) {
      env.remove(name);
      env.put(name, value);
    }

    void envIfAbsent(String name, String value) {
      env.putIfAbsent(name, value);
    }

    void noEnv(String name) {
      env.remove(name);
    }

    /** Sets the directory; a relative one is taken from the one before. */
    void dir(String path) {
      dir = UnixPath.isAbsolute(path) ? path : UnixPath.join(dir.isEmpty() ? "/" : dir, path);
    }

    void extraHost(HostIP host) {
      extraHosts.add(host);
    }

    void ulimit(Ulimit ulimit) {
      ulimits.add(ulimit);
    }

    private Meta build() {
      return new Meta(this);
    }
  }
}
