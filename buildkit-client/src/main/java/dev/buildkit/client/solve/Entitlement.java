/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.solve;

/**
 * A permission that steps of a build need beyond the sandbox.
 *
 * <p>An entitlement is effective only if the daemon's configuration allows it too. The set is open: {@link #of(String)} takes
 * what a newer BuildKit may add.
 *
 * @param id BuildKit's name of the permission, such as {@code network.host}
 */
public record Entitlement(String id) {
  /** The permission to use the network of the daemon's host. */
  public static final Entitlement NETWORK_HOST = new Entitlement("network.host");

  /** The permission to run without the sandbox's restrictions. */
  public static final Entitlement SECURITY_INSECURE = new Entitlement("security.insecure");

  /**
   * Creates an entitlement from BuildKit's name of it.
   *
   * @throws IllegalArgumentException if the id is blank
   */
  public Entitlement {
    if (id.isBlank()) {
      throw new IllegalArgumentException("entitlement must not be blank");
    }
  }

  /**
   * Returns the entitlement of that name.
   *
   * @throws IllegalArgumentException if the id is blank
   */
  public static Entitlement of(String id) {
    return new Entitlement(id);
  }

  /** Returns the permission to use a CDI device, by its name {@code vendor/class=device}. */
  public static Entitlement device(String name) {
    return new Entitlement("device=" + name);
  }

  /** Returns the id. */
  @Override
  public String toString() {
    return id;
  }
}
