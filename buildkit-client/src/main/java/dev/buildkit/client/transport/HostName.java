/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.transport;

import java.util.regex.Pattern;

/** What may stand for a host: a name, an IPv4 address, or an IPv6 address without brackets. */
final class HostName {
  private static final Pattern NAME_OR_IPV4 = Pattern.compile("[A-Za-z0-9._-]+");
  private static final Pattern IPV6 =
      Pattern.compile("[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9._-]+)?");

  static boolean isValid(String host) {
    return NAME_OR_IPV4.matcher(host).matches() || IPV6.matcher(host).matches();
  }

  /** Returns a host as it stands before a colon and a port. */
  static String bracketed(String host) {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }

  private HostName() {}
}
