/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.flag;

import dev.buildkit.client.session.SshAgents;
import dev.buildkit.examples.buildctl.gotext.GoQuote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a value of {@code --ssh} names: one socket, or keys.
 *
 * @param paths at least one
 * @param raw whether it is a socket of any protocol
 */
record SshPaths(String id, List<String> paths, boolean raw) {
  private static final int TYPE_MASK = 0170000;
  private static final int SOCKET = 0140000;

  SshAgents addTo(SshAgents agents, Surroundings surroundings) {
    try {
      boolean keys = namesKeys(surroundings);
      return keys ? addKeys(agents, surroundings) : addSocket(agents, surroundings);
    } catch (FlagException e) {
      throw new FlagException(
          "failed to convert agent config for ID: " + GoQuote.quote(id) + ": " + e.getMessage());
    }
  }

  private boolean namesKeys(Surroundings surroundings) {
    boolean socket = false;
    for (String path : paths) {
      if (socket) {
        throw new FlagException("only single socket allowed");
      }
      socket = isSocket(path, surroundings.path(path));
    }
    if (socket && paths.size() > 1) {
      throw new FlagException("invalid combination of keys and sockets");
    }
    return !socket;
  }

  private boolean isSocket(String text, Path path) {
    if (!Files.exists(path)) {
      throw new FlagException("stat " + text + ": no such file or directory");
    }
    boolean socket = hasSocketMode(path);
    if (raw && !socket) {
      throw new FlagException("raw mode only supported with socket paths");
    }
    if (Files.isDirectory(path)) {
      throw new FlagException("failed to read " + text + ": read " + text + ": is a directory");
    }
    return socket;
  }

  /** The files of shells, as in {@code --ssh default=<(pass show key)}, are pipes: no socket, and no regular file. */
  private static boolean hasSocketMode(Path path) {
    try {
      return ((int) Files.getAttribute(path, "unix:mode") & TYPE_MASK) == SOCKET;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private SshAgents addSocket(SshAgents agents, Surroundings surroundings) {
    Path socket = surroundings.path(paths.get(0));
    return raw ? agents.addSocket(id, socket) : agents.addAgent(id, socket);
  }

  private SshAgents addKeys(SshAgents agents, Surroundings surroundings) {
    try {
      return agents.addKeys(id, paths.stream().map(surroundings::path).toArray(Path[]::new));
    } catch (IllegalArgumentException e) {
      for (String path : paths) {
        SshKeyProblem.of(surroundings.path(path)).ifPresent(problem -> {
          throw new FlagException("failed to parse " + path + ": " + problem);
        });
      }
      throw new FlagException(String.valueOf(e.getMessage()));
    }
  }
}
