/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.flag;

import dev.buildkit.client.session.SshAgents;
import dev.buildkit.examples.buildctl.gotext.GoBool;
import dev.buildkit.examples.buildctl.gotext.GoQuote;
import java.util.ArrayList;
import java.util.List;

/**
 * A value of {@code --ssh}.
 *
 * @param paths a socket or keys; none for the agent of the environment
 * @param raw whether the path is a socket of any protocol
 */
public record SshFlag(String id, List<String> paths, boolean raw) {
  /** Copies the list. */
  public SshFlag {
    paths = List.copyOf(paths);
  }

  /**
   * Returns what a text means.
   *
   * @throws FlagException if it means nothing
   */
  public static SshFlag parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      return new SshFlag(text, List.of(), false);
    }
    String id = text.substring(0, equals);
    List<String> paths = new ArrayList<>();
    boolean raw = false;
    for (String part : text.substring(equals + 1).split(",", -1)) {
      if (part.startsWith("raw=")) {
        raw = raw(part.substring("raw=".length()));
      } else {
        paths.add(part);
      }
    }
    if (raw && paths.size() != 1) {
      throw new FlagException(
          "raw mode must supply exactly one socket path for " + GoQuote.quote(id));
    }
    return new SshFlag(id, paths, raw);
  }

  private static boolean raw(String value) {
    return GoBool.parse(value)
        .orElseThrow(() -> new FlagException("invalid value for 'raw': " + value
            + ": strconv.ParseBool: parsing " + GoQuote.quote(value) + ": invalid syntax"));
  }

  /**
   * Returns the agents with this one.
   *
   * @throws FlagException if there is no such socket or key, or the id is taken
   */
  public SshAgents addTo(SshAgents agents, Surroundings surroundings) {
    String name = id.isEmpty() ? SshAgents.DEFAULT_ID : id;
    if (agents.ids().contains(name)) {
      throw new FlagException("duplicate agent ID " + GoQuote.quote(name));
    }
    try {
      return new SshPaths(name, pathsOrAgent(surroundings), raw).addTo(agents, surroundings);
    } catch (FlagException e) {
      throw new FlagException("failed to convert agent config {" + name + " ["
          + String.join(" ", paths) + "] " + raw + "}: " + e.getMessage());
    }
  }

  private List<String> pathsOrAgent(Surroundings surroundings) {
    List<String> named = String.join("", paths).isEmpty()
        ? List.of(surroundings.variable("SSH_AUTH_SOCK").orElse(""))
        : paths;
    if (named.get(0).isEmpty()) {
      throw new FlagException("invalid empty ssh agent socket: make sure SSH_AUTH_SOCK is set");
    }
    return named;
  }
}
