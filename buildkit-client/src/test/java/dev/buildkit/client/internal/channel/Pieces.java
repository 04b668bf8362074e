/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Bytes as a network may deliver them. */
final class Pieces {
  /** Returns the pieces between places that numbers choose, any numbers. */
  static List<byte[]> of(byte[] bytes, int... cuts) {
    int[] ends = IntStream.concat(
            Arrays.stream(cuts).map(cut -> Math.floorMod(cut, bytes.length + 1)),
            IntStream.of(bytes.length))
        .sorted()
        .toArray();
    List<byte[]> pieces = new ArrayList<>();
    int start = 0;
    for (int end : ends) {
      pieces.add(Arrays.copyOfRange(bytes, start, end));
      start = end;
    }
    return pieces;
  }

  private Pieces() {}
}
