/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A {@code buildkitd.toml}: text of the user's own, then the registries that were added to it. */
record BuildkitdConfig(String text, Map<String, Registry> registries) {

  /** What the daemon is told about one registry. */
  record Registry(List<String> mirrors, boolean insecure) {
    static final Registry PLAIN = new Registry(List.of(), false);

    Registry addMirrors(List<String> more) {
      List<String> all = new ArrayList<>(mirrors);
      all.addAll(more);
      return new Registry(List.copyOf(all), insecure);
    }

    Registry asInsecure() {
      return new Registry(mirrors, true);
    }

    /** Returns the lines of its table; for {@code insecure} both, so that HTTPS and HTTP are tried. */
    private String toToml() {
      return (mirrors.isEmpty() ? "" : "  mirrors = " + array(mirrors) + "\n")
          + (insecure ? "  http = true\n  insecure = true\n" : "");
    }
  }

  // Everything that a registry's name may have; quotes and line ends would end the TOML string.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.\\[\\]:_-]+(/[A-Za-z0-9._-]+)*");

  static BuildkitdConfig empty() {
    return new BuildkitdConfig("", Map.of());
  }

  BuildkitdConfig text(String text) {
    return new BuildkitdConfig(text, registries);
  }

  BuildkitdConfig addMirrors(String registry, List<String> mirrors) {
    mirrors.forEach(BuildkitdConfig::checkName);
    return registry(registry, registryOrPlain(registry).addMirrors(mirrors));
  }

  BuildkitdConfig addInsecure(String registry) {
    return registry(registry, registryOrPlain(registry).asInsecure());
  }

  /**
   * Returns the file.
   *
   * @throws IllegalStateException if the text has a table for a registry that was added, too: TOML
   *     allows one
   */
  String toToml() {
    StringBuilder toml =
        new StringBuilder(text.isEmpty() || text.endsWith("\n") ? text : text + "\n");
    registries.forEach((name, registry) -> {
      String table = "[registry.\"" + name + "\"]";
      if (text.contains(table)) {
        throw new IllegalStateException("buildkitd.toml has a table " + table
            + " already; put the mirror or the insecure registry there");
      }
      toml.append(table).append('\n').append(registry.toToml());
    });
    return toml.toString();
  }

  private Registry registryOrPlain(String name) {
    return registries.getOrDefault(name, Registry.PLAIN);
  }

  private BuildkitdConfig registry(String name, Registry registry) {
    checkName(name);
    Map<String, Registry> more = new LinkedHashMap<>(registries);
    more.put(name, registry);
    return new BuildkitdConfig(text, more);
  }

  private static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'" + name
              + "' is no name of a registry; give a host, with a port if need be, such as registry:5000");
    }
  }

  private static String array(List<String> values) {
    return values.stream().collect(Collectors.joining("\", \"", "[\"", "\"]"));
  }
}
