/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.fsutil;

import java.nio.ByteBuffer;

/**
 * A message of the file transfer.
 *
 * <p>Ids number the entries of one transfer in the order sent, from 0, and are unsigned.
 */
public sealed interface Packet {
  /** One entry of the tree, from the sender (STAT). */
  record Entry(Stat stat) implements Packet {}

  /** The end of the entries, from the sender (STAT without an entry; a message without bytes). */
  record EndOfEntries() implements Packet {}

  /** The wish for the content of an entry, from the receiver (REQ). */
  record Request(int id) implements Packet {}

  /**
   * Content of an entry, from the sender, and its end if there are no bytes (DATA).
   *
   * @param bytes the remaining bytes of the buffer; a packet to send shares them with its maker until it is written
   */
  record Data(int id, ByteBuffer bytes) implements Packet {}

  /** The end of the transfer, from the receiver, and the sender's answer (FIN). */
  record Finish() implements Packet {}

  /** The failure of the transfer, from either side (ERR). */
  record Failure(String message) implements Packet {}

  /** A message of a type that later protocols may have; it is to be ignored. */
  record Unknown(int type) implements Packet {}
}
