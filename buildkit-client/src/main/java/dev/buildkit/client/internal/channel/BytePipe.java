/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import java.io.IOException;

/**
 * One end of a bidirectional stream of bytes, which a {@link PipeChannel} makes a Netty channel of. The channel calls
 * it on its event loop only, and not after {@link #close}.
 */
interface BytePipe {

  /** Begins the stream. What arrives goes to the receiver, which is not called before. */
  void start(Receiver receiver);

  /** Returns whether {@link #write} is welcome now. Where it is not, {@link Receiver#writable} follows. */
  boolean isWritable();

  /** Takes all the bytes before it returns. */
  void write(OutgoingBytes bytes) throws IOException;

  /** Allows one or more further {@link Receiver#received} calls. A pipe begins with an allowance of its own. */
  void request(int chunks);

  /** Ends the stream: the peer sees its end after all that was written, and what the peer still sends is dropped. */
  void close();

  /**
   * Where the bytes of a pipe go. A pipe calls it from one thread at a time, but {@link #writable} from any; no method
   * blocks.
   */
  interface Receiver {

    /** Takes the next bytes before it returns. */
    void received(IncomingBytes bytes) throws IOException;

    /** Says that the pipe may be writable again. */
    void writable();

    /** Says that nothing comes any more: the peer has ended the stream, or the pipe broke. */
    void ended();

    /** Says that nothing comes any more, and why. */
    void failed(IOException cause);
  }
}
