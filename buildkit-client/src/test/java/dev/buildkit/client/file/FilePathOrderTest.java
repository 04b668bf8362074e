/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FilePathOrderTest {
  private static final Comparator<byte[]> UNSIGNED_BYTES = Arrays::compareUnsigned;

  @Property
  void orderIsThatOfElementsByUnsignedBytes(
      @ForAll("paths") List<byte[]> left, @ForAll("paths") List<byte[]> right) {
    int expected = compareElements(left, right);
    assertThat(Integer.signum(path(left).compareTo(path(right)))).isEqualTo(expected);
    assertThat(path(left).equals(path(right))).isEqualTo(expected == 0);
  }

  /** Few bytes, so that elements are often equal or differ late. */
  @Provide
  Arbitrary<List<byte[]>> paths() {
    return Arbitraries.of((byte) 'a', (byte) '-', (byte) '.', (byte) 0x7f, (byte) 0x80, (byte) 0xff)
        .array(byte[].class)
        .ofMinSize(1)
        .ofMaxSize(3)
        .filter(name -> !Arrays.equals(name, new byte[] {'.'}))
        .filter(name -> !Arrays.equals(name, new byte[] {'.', '.'}))
        .list()
        .ofMaxSize(4);
  }

  private static FilePath path(List<byte[]> elements) {
    FilePath path = FilePath.root();
    for (byte[] element : elements) {
      path = path.resolve(FilePath.ofBytes(element));
    }
    return path;
  }

  private static int compareElements(List<byte[]> left, List<byte[]> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int order = UNSIGNED_BYTES.compare(left.get(i), right.get(i));
      if (order != 0) {
        return Integer.signum(order);
      }
    }
    return Integer.compare(left.size(), right.size());
  }
}
