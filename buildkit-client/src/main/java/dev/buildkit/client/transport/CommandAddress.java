/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Addresses that stand for a command. The commands are word for word those of BuildKit's own tools. As there, what has no meaning
 * behind a name is passed over.
 */
enum CommandAddress {
  PODMAN("podman-container", "podman-container://NAME") {
    @Override
    List<String> command(Parts parts) {
      return dial(List.of("podman", "exec", "-i", parts.name(CommandAddress::isContainer)));
    }
  },

  NERDCTL("nerdctl-container", "nerdctl-container://NAME, with ?namespace=NAMESPACE behind it") {
    @Override
    List<String> command(Parts parts) {
      String name = parts.name(CommandAddress::isContainer);
      String namespace = parts.parameter("namespace", CommandAddress::isContainer);
      return dial(
          namespace.isEmpty()
              ? List.of("nerdctl", "exec", "-i", name)
              : List.of("nerdctl", "exec", "--namespace", namespace, "-i", name));
    }
  },

  KUBERNETES("kube-pod", "kube-pod://POD, with ?context=…&namespace=…&container=… behind it") {
    @Override
    List<String> command(Parts parts) {
      String pod = parts.name(CommandAddress::isKubernetes);
      return dial(List.of(
          "kubectl",
          "--context=" + parts.parameter("context", any -> true),
          "--namespace=" + parts.parameter("namespace", CommandAddress::isKubernetes),
          "exec",
          "--container=" + parts.parameter("container", CommandAddress::isKubernetes),
          "-i",
          pod,
          "--"));
    }
  },

  SSH("ssh", "ssh://[USER@]HOST[:PORT][/path/of/buildkitd.sock]") {
    @Override
    List<String> command(Parts parts) {
      return SshAddress.of(parts).command();
    }
  };

  private static final Pattern CONTAINER = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*");

  /** BuildKit allows a hyphen at the beginning too, which would be an option of kubectl. */
  private static final Pattern IN_KUBERNETES = Pattern.compile("[a-z0-9.][-a-z0-9.]*");

  private final String scheme;
  private final String form;

  CommandAddress(String scheme, String form) {
    this.scheme = scheme;
    this.form = form;
  }

  /** Returns the transport that an address stands for; empty if its scheme is none of these. */
  static Optional<Transport> parse(String address, String scheme, String rest) {
    return Arrays.stream(values())
        .filter(kind -> kind.scheme.equalsIgnoreCase(scheme))
        .findFirst()
        .map(kind -> kind.parse(address, rest));
  }

  abstract List<String> command(Parts parts);

  private Transport parse(String address, String rest) {
    return CommandTransport.of(address, command(Parts.of(address, rest, "use " + form)));
  }

  /** Adds what runs at the other end. */
  private static List<String> dial(List<String> words) {
    return Stream.concat(words.stream(), Stream.of("buildctl", "dial-stdio")).toList();
  }

  private static boolean isContainer(String name) {
    return CONTAINER.matcher(name).matches();
  }

  private static boolean isKubernetes(String name) {
    return IN_KUBERNETES.matcher(name).matches();
  }

  /**
   * An address, taken apart.
   *
   * @param user what stands before an at sign; empty for nothing
   * @param port digits, or empty
   * @param query what stands behind a question mark
   * @param fragment what stands behind a number sign
   * @param form how an address of the kind looks, for errors
   */
  record Parts(
      String address,
      String user,
      String host,
      String port,
      String path,
      String query,
      String fragment,
      String form) {

    private static final Pattern REST =
        Pattern.compile("(?:(?<user>[^/?#@]*)@)?(?<host>\\[[^]/?#@]*]|[^/?#@:]*)(?::(?<port>\\d*))?"
            + "(?<path>/[^?#]*)?(?:\\?(?<query>[^#]*))?(?:#(?<fragment>.*))?");

    static Parts of(String address, String rest, String form) {
      Matcher matcher = REST.matcher(rest);
      if (!matcher.matches()) {
        throw Addresses.invalid(address, "'" + rest + "' has no such form", form);
      }
      return new Parts(
          address,
          group(matcher, "user"),
          group(matcher, "host"),
          group(matcher, "port"),
          group(matcher, "path"),
          group(matcher, "query"),
          group(matcher, "fragment"),
          form);
    }

    String name(Predicate<String> valid) {
      return require("name", host, valid);
    }

    /** Returns the value of a parameter; empty if it is not there. */
    String parameter(String key, Predicate<String> valid) {
      String value = Arrays.stream(query.split("&", -1))
          .filter(parameter -> parameter.startsWith(key + "="))
          .map(parameter -> decode(parameter.substring(key.length() + 1)))
          .findFirst()
          .orElse("");
      return value.isEmpty() ? value : require(key, value, valid);
    }

    String require(String what, String value, Predicate<String> valid) {
      if (value.isEmpty()) {
        throw Addresses.invalid(address, "it has no " + what, form);
      }
      if (!valid.test(value)) {
        throw Addresses.invalid(address, "'" + value + "' cannot be a " + what, form);
      }
      return value;
    }

    private String decode(String text) {
      try {
        return URLDecoder.decode(text, UTF_8);
      } catch (IllegalArgumentException e) {
        throw Addresses.invalid(
            address, "two hexadecimal digits must follow a '%'", "write '%' as %25");
      }
    }

    private static String group(Matcher matcher, String name) {
      return Optional.ofNullable(matcher.group(name)).orElse("");
    }
  }
}
