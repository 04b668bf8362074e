/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.PreferHeapByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;

/** Settings that suit pipes: buffers on the heap, and enough of them to fill batches. */
final class PipeChannelConfig extends DefaultChannelConfig {

  PipeChannelConfig(Channel channel) {
    super(channel);
    setAllocator(getAllocator());
    setWriteBufferWaterMark(new WriteBufferWaterMark(PipeBatch.MAX_BYTES, 2 * PipeBatch.MAX_BYTES));
  }

  /** Pipes move byte arrays; direct buffers would have to be copied to one each time. */
  @Override
  public ChannelConfig setAllocator(ByteBufAllocator allocator) {
    return super.setAllocator(new PreferHeapByteBufAllocator(allocator));
  }

  /** Accepts what gRPC sets on every channel, which Netty would otherwise complain about. */
  @Override
  public <T> boolean setOption(ChannelOption<T> option, T value) {
    return option.equals(ChannelOption.SO_KEEPALIVE) || super.setOption(option, value);
  }
}
