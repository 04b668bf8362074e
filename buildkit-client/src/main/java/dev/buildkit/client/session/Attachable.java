/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.session;

import io.grpc.ServerServiceDefinition;
import java.util.List;

/**
 * Services that the daemon may call back while a solve runs.
 *
 * <p>A session is a connection in which the client is the server: the daemon asks for secrets, credentials and files when a
 * step needs them. {@link Secrets} and {@link RegistryAuth} are attachables; implement this interface to serve a BuildKit
 * session service that this SDK does not have.
 *
 * <p>Implementations must be safe for use by several threads: the daemon calls many methods at a time, and one attachable may
 * serve several solves.
 */
public interface Attachable {
  /**
   * Returns the gRPC services to register. Their handlers run on threads of the client and may block.
   *
   * <p>This is one of the two places where a type that is not this SDK's own shows: a service needs gRPC's word for it.
   */
  List<ServerServiceDefinition> services();
}
