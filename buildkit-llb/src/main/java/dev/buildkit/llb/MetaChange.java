/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import dev.buildkit.api.OpsProto.HostIP;
import dev.buildkit.api.OpsProto.Ulimit;
import java.util.function.Consumer;

/**
 * A change of metadata that was checked when it was made; it is carried out on the metadata of a state
 * at once, and on that of the state which a command runs on when that is known.
 */
interface MetaChange extends Consumer<Meta.Draft> {
  static MetaChange env(String name, String value) {
    checkVariable(name);
    requireNonNull(value, "value");
    return draft -> draft.env(name, value);
  }

  static MetaChange envIfAbsent(String name, String value) {
    checkVariable(name);
    requireNonNull(value, "value");
    return draft -> draft.envIfAbsent(name, value);
  }

  static MetaChange noEnv(String name) {
    checkVariable(name);
    return draft -> draft.noEnv(name);
  }

  private static void checkVariable(String name) {
    Check.notEmpty(name, "environment variable: name", "give one, such as PATH");
    if (name.indexOf('=') >= 0) {
      throw new IllegalArgumentException(
          "environment variable: name \"" + name + "\" contains =; pass name and value apart");
    }
  }

  static MetaChange dir(String path) {
    requireNonNull(path, "path");
    return draft -> draft.dir(path);
  }

  static MetaChange user(String user) {
    requireNonNull(user, "user");
    return draft -> draft.user = user;
  }

  static MetaChange hostname(String hostname) {
    requireNonNull(hostname, "hostname");
    return draft -> draft.hostname = hostname;
  }

  static MetaChange network(NetworkMode mode) {
    requireNonNull(mode, "mode");
    return draft -> draft.network = mode;
  }

  static MetaChange security(SecurityMode mode) {
    requireNonNull(mode, "mode");
    return draft -> draft.security = mode;
  }

  static MetaChange cgroupParent(String path) {
    requireNonNull(path, "path");
    return draft -> draft.cgroupParent = path;
  }

  static MetaChange platform(Platform platform) {
    Platform normalized = platform.normalized();
    return draft -> draft.platform = normalized;
  }

  static MetaChange extraHost(String host, String ip) {
    Check.notEmpty(host, "extra host: name", "give the name that the address is for");
    HostIP message =
        HostIP.newBuilder().setHost(host).setIP(IpAddress.parse(ip).toString()).build();
    return draft -> draft.extraHost(message);
  }

  static MetaChange ulimit(String name, long soft, long hard) {
    Check.notEmpty(name, "ulimit: name", "give one, such as nofile");
    if (soft < -1 || hard < -1) {
      throw new IllegalArgumentException(
          "ulimit " + name + ": limits must not be negative, but were: " + soft + ", " + hard
              + "; use -1 for no limit");
    }
    if (hard >= 0 && (soft > hard || soft < 0)) {
      throw new IllegalArgumentException("ulimit " + name + ": soft limit " + soft
          + " exceeds hard limit " + hard + "; give soft before hard");
    }
    Ulimit message =
        Ulimit.newBuilder().setName(name).setSoft(soft).setHard(hard).build();
    return draft -> draft.ulimit(message);
  }
}
