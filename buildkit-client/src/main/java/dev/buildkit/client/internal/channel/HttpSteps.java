/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import dev.buildkit.client.error.BuildKitException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import java.util.Optional;

/** What is said in HTTP/1.1 on one connection, until the peer turns it into something else. */
interface HttpSteps {

  /** Returns the request that begins. */
  FullHttpRequest first();

  /**
   * Returns the request that follows on an answer, or nothing if the peer has turned the connection.
   *
   * @throws BuildKitException if the answer is none to go on with
   */
  Optional<FullHttpRequest> after(FullHttpResponse answer);
}
