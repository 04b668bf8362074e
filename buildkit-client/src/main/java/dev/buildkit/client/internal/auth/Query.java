/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.util.StringJoiner;

/** Names and values as addresses and forms have them. */
final class Query {
  private final StringJoiner text = new StringJoiner("&");

  Query add(String name, String value) {
    text.add(URLEncoder.encode(name, UTF_8) + "=" + URLEncoder.encode(value, UTF_8));
    return this;
  }

  /** Returns an address with this after the query that it has. */
  URI of(URI address) {
    if (text.length() == 0) {
      return address;
    }
    String base = address.toString().replaceFirst("#.*", "");
    return URI.create(base + (address.getRawQuery() == null ? "?" : "&") + text);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
