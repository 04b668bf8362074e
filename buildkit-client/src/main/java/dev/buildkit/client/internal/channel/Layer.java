/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import io.netty.channel.Channel;

/**
 * What lies between the bytes of a connection and HTTP/2, such as TLS or the request that turns an HTTP/1.1 connection
 * into one. A layer that has to agree with its peer first holds back the channel's {@code channelActive}, or what is
 * written, until it has; when that fails it closes the channel with an exception that says why.
 */
@FunctionalInterface
interface Layer {

  /** Adds its handlers to the end of a channel's pipeline, before the channel is registered. */
  void addTo(Channel channel);
}
