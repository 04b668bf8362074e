/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.session;

import dev.buildkit.client.internal.session.AuthService;
import io.grpc.ServerServiceDefinition;
import java.util.List;

/**
 * The credentials that the daemon uses to pull from and push to registries.
 *
 * <p>A solve without a {@code RegistryAuth} uses {@link #anonymous()}. Immutable.
 */
public final class RegistryAuth implements Attachable {
  private static final RegistryAuth ANONYMOUS = new RegistryAuth();

  private RegistryAuth() {}

  /** Returns the auth that has no credentials for any registry, so that the daemon asks registries anonymously. */
  public static RegistryAuth anonymous() {
    return ANONYMOUS;
  }

  @Override
  public List<ServerServiceDefinition> services() {
    return List.of(new AuthService().bindService());
  }

  @Override
  public String toString() {
    return "RegistryAuth.anonymous()";
  }
}
