/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text form of a {@link DockerTransport}: {@code docker://} or {@code docker-container://NAME}, and behind a question
 * mark the engine, as {@code context=NAME} or {@code host=ADDRESS}.
 */
final class DockerAddress {
  static final String EMBEDDED = "docker";
  static final String CONTAINER = "docker-container";

  private static final String CONTEXT = "context";
  private static final String HOST = "host";
  private static final Map<String, String> FORMS = Map.of(
      EMBEDDED, "use docker://, docker://?context=NAME or docker://?host=ADDRESS",
      CONTAINER, "use docker-container://NAME, with ?context=NAME or ?host=ADDRESS behind it");

  /** What Docker lets a container be called; ids match too. */
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*");

  /** As in BuildKit's own tools, a port and a path behind the name mean nothing. */
  private static final Pattern REST =
      Pattern.compile("(?<name>[^/?#:]*)(?::\\d*)?(?:/[^?#]*)?(?:\\?(?<query>[^#]*))?");

  static DockerTransport parse(String address, String scheme, String rest) {
    Matcher parts = REST.matcher(rest);
    if (!parts.matches()) {
      throw Addresses.invalid(address, "'" + rest + "' is no name", form(scheme));
    }
    String name = decoded(address, parts.group("name"));
    DockerTransport transport;
    if (scheme.equals(CONTAINER)) {
      if (name.isEmpty()) {
        throw Addresses.invalid(address, "it has no container name", form(scheme));
      }
      transport = DockerTransport.container(name);
    } else if (name.isEmpty()) {
      transport = DockerTransport.embedded();
    } else {
      throw Addresses.invalid(address, "'" + name + "' has no meaning there", form(scheme));
    }
    String query = Optional.ofNullable(parts.group("query")).orElse("");
    return choose(address, transport, parameters(address, scheme, query));
  }

  static String of(
      Optional<String> container, Optional<String> context, Optional<Transport> engine) {
    return container.map(name -> CONTAINER + "://" + name).orElse(EMBEDDED + "://")
        + context.map(name -> "?" + CONTEXT + "=" + encoded(name)).orElse("")
        + engine.map(way -> "?" + HOST + "=" + encoded(way.address())).orElse("");
  }

  static String requireContainer(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("container '" + name
          + "': it is no name and no id of a container; it begins with a letter or a digit and goes on with these,"
          + " '_', '.' or '-'");
    }
    return name;
  }

  private static DockerTransport choose(
      String address, DockerTransport transport, Map<String, String> parameters) {
    String context = parameters.getOrDefault(CONTEXT, "");
    String host = parameters.getOrDefault(HOST, "");
    if (!context.isEmpty() && !host.isEmpty()) {
      throw Addresses.invalid(address, "it has a context and a host", "leave one of them out");
    }
    if (!host.isEmpty()) {
      return transport.engine(DockerHost.parse(host));
    }
    return context.isEmpty() ? transport : transport.context(context);
  }

  private static Map<String, String> parameters(String address, String scheme, String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String parameter : query.split("&", -1)) {
      String[] words = parameter.split("=", 2);
      String key = decoded(address, words[0]);
      if (key.isEmpty() && words.length == 1) {
        continue;
      }
      if (!key.equals(CONTEXT) && !key.equals(HOST)) {
        throw Addresses.invalid(address, "it has no parameter '" + key + "'", form(scheme));
      }
      if (parameters.put(key, words.length == 1 ? "" : decoded(address, words[1])) != null) {
        throw Addresses.invalid(address, "'" + key + "' is given twice", "leave one out");
      }
    }
    return parameters;
  }

  private static String decoded(String address, String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      throw Addresses.invalid(
          address,
          "'" + text + "' has a '%' that no two hexadecimal digits follow",
          "write '%' as %25");
    }
  }

  /** Leaves readable what means nothing else in a query. */
  private static String encoded(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "-._~:/@[]".indexOf(c) >= 0);
      encoded.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return encoded.toString();
  }

  private static String form(String scheme) {
    return FORMS.getOrDefault(scheme, "");
  }

  private DockerAddress() {}
}
