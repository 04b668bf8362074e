/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * An IP address that was written as one: no name is ever looked up.
 *
 * <p>Its text form is the shortest one (RFC 5952), as Go prints it.
 */
final class IpAddress {
  private static final int GROUPS = 8;

  private final int[] groups;

  private IpAddress(int[] groups) {
    this.groups = groups;
  }

  static IpAddress parse(String text) {
    requireNonNull(text, "ip");
    int[] groups = text.indexOf(':') < 0 ? mapped(v4(text)) : v6(text);
    if (groups.length != GROUPS) {
      throw new IllegalArgumentException(
          "parse IP address \"" + text + "\": it is neither IPv4 nor IPv6; give an address such as"
              + " 10.0.0.1 or 2001:db8::1, not a name");
    }
    return new IpAddress(groups);
  }

  /** Returns the two groups of an IPv4 address; none if it is invalid. */
  private static int[] v4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return new int[0];
    }
    int address = 0;
    for (String part : parts) {
      boolean valid = part.matches("0|[1-9][0-9]{0,2}") && Integer.parseInt(part) < 256;
      if (!valid) {
        return new int[0];
      }
      address = address << 8 | Integer.parseInt(part);
    }
    return new int[] {address >>> 16, address & 0xffff};
  }

  private static int[] mapped(int[] v4) {
    return v4.length == 0 ? v4 : new int[] {0, 0, 0, 0, 0, 0xffff, v4[0], v4[1]};
  }

  private static int[] v6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text);
    }
    // Dots are for the end of the address alone.
    int[] left = text.lastIndexOf('.', gap) < 0 ? groups(text.substring(0, gap)) : new int[0];
    int[] right = groups(text.substring(gap + 2));
    boolean valid = (gap == 0 || left.length > 0)
        && (gap + 2 == text.length() || right.length > 0)
        && left.length + right.length < GROUPS;
    if (!valid) {
      return new int[0];
    }
    int[] all = Arrays.copyOf(left, GROUPS);
    System.arraycopy(right, 0, all, GROUPS - right.length, right.length);
    return all;
  }

  /** Returns the groups between colons, the last of which may be an IPv4 address; none if invalid. */
  private static int[] groups(String text) {
    String[] parts = text.split(":", -1);
    int[] groups = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      if (i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
        int[] v4 = v4(parts[i]);
        groups = Arrays.copyOf(groups, i + v4.length);
        System.arraycopy(v4, 0, groups, i, v4.length);
        return v4.length == 0 ? v4 : groups;
      }
      if (!parts[i].matches("[0-9a-fA-F]{1,4}")) {
        return new int[0];
      }
      groups[i] = Integer.parseInt(parts[i], 16);
    }
    return groups;
  }

  @Override
  public String toString() {
    if (groups[5] == 0xffff && Arrays.stream(groups, 0, 5).allMatch(g -> g == 0)) {
      return "%d.%d.%d.%d"
          .formatted(groups[6] >> 8, groups[6] & 0xff, groups[7] >> 8, groups[7] & 0xff);
    }
    int gap = longestZeros();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == gap) {
        text.append("::");
        i += zerosAt(gap) - 1;
      } else {
        boolean first = text.length() == 0 || text.charAt(text.length() - 1) == ':';
        text.append(first ? "" : ":").append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }

  /** Returns where the first of the longest runs of two or more zero groups begins; -1 if none. */
  private int longestZeros() {
    int longest = -1;
    for (int i = 0; i < GROUPS; i++) {
      int zeros = zerosAt(i);
      if (zeros > 1 && (longest < 0 || zeros > zerosAt(longest))) {
        longest = i;
      }
    }
    return longest;
  }

  private int zerosAt(int index) {
    int end = index;
    while (end < GROUPS && groups[end] == 0) {
      end++;
    }
    return end - index;
  }
}
