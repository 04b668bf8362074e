/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.flag;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the meaning of a flag depends on beside its text.
 *
 * @param directory where relative paths begin
 * @param variables the environment variables
 * @param stdoutIsTerminal whether a person would see what goes to standard output
 * @param warnings takes what the user should know
 */
public record Surroundings(
    Path directory,
    Map<String, String> variables,
    boolean stdoutIsTerminal,
    Consumer<String> warnings) {
  /** Copies the map. */
  public Surroundings {
    variables = Map.copyOf(variables);
  }

  /** Returns the path that a text on the command line names. */
  public Path path(String text) {
    return directory.resolve(text);
  }

  /** Returns the value of an environment variable, or empty if it is not set. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name));
  }
}
