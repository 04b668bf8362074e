/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import dev.buildkit.api.OpsProto;
import dev.buildkit.api.OpsProto.MountType;
import dev.buildkit.api.OpsProto.SecretEnv;
import dev.buildkit.api.OpsProto.SecretOpt;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A secret that a command gets as a file, as an environment variable, or both.
 *
 * <p>Only its id is here: the client that solves gives the content, which is no part of the result or
 * of the cache key. Each method returns a changed copy.
 */
public final class Secret {
  private final SecretOpt options;
  private final @Nullable String target;
  private final @Nullable String envName;

  private Secret(SecretOpt options, @Nullable String target, @Nullable String envName) {
    this.options = options;
    this.target = target;
    this.envName = envName;
  }

  /**
   * Shows the secret {@code id} as a file, readable by root alone (mode 0400).
   *
   * @throws IllegalArgumentException if one is empty
   */
  public static Secret file(String id, String target) {
    Check.notEmpty(target, "secret " + id + ": target", "give the path of the file");
    return new Secret(options(id), target, null);
  }

  /**
   * Shows the secret {@code id} as the environment variable {@code name}.
   *
   * @throws IllegalArgumentException if one is empty
   */
  public static Secret env(String id, String name) {
    return new Secret(options(id), null, checkName(id, name));
  }

  private static SecretOpt options(String id) {
    Check.notEmpty(id, "secret: id", "give the id under which the client has it");
    return SecretOpt.newBuilder().setID(id).setMode(0400).build();
  }

  private static String checkName(String id, String name) {
    return Check.notEmpty(name, "secret " + id + ": variable", "give the name of the variable");
  }

  /**
   * Shows the secret as the environment variable {@code name} too.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public Secret env(String name) {
    return new Secret(options, target, checkName(id(), name));
  }

  /**
   * Sets the owner of the file; the default is root.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public Secret owner(int uid, int gid) {
    SecretOpt changed = options.toBuilder()
        .setUid(Check.id(uid, "uid"))
        .setGid(Check.id(gid, "gid"))
        .build();
    return new Secret(changed, target, envName);
  }

  /**
   * Sets the permissions of the file; the default is 0400.
   *
   * @param mode in octal, such as 0440
   * @throws IllegalArgumentException if it is not between 0 and 07777
   */
  public Secret mode(int mode) {
    return new Secret(options.toBuilder().setMode(Check.mode(mode)).build(), target, envName);
  }

  /** Runs the command without the secret if the client does not have it. */
  public Secret optional() {
    return new Secret(options.toBuilder().setOptional(true).build(), target, envName);
  }

  String id() {
    return options.getID();
  }

  Optional<OpsProto.Mount> toMount() {
    return Optional.ofNullable(target)
        .map(path -> OpsProto.Mount.newBuilder()
            .setInput(Inputs.NONE)
            .setDest(path)
            .setMountType(MountType.SECRET)
            .setSecretOpt(options)
            .build());
  }

  Optional<SecretEnv> toEnv() {
    return Optional.ofNullable(envName)
        .map(name -> SecretEnv.newBuilder()
            .setID(id())
            .setName(name)
            .setOptional(options.getOptional())
            .build());
  }

  /** Returns the id and where the secret is shown. */
  @Override
  public String toString() {
    return "Secret["
        + id()
        + (target == null ? "" : " at " + target)
        + (envName == null ? "" : " in " + envName)
        + "]";
  }
}
