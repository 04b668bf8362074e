/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import dev.buildkit.examples.buildctl.gotext.GoTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of commands that list something. */
final class ListOptions {
  @Option(
      names = {"--filter", "-f"},
      paramLabel = "string",
      description = "list only what fits, such as type==regular; may be repeated")
  List<String> filters = new ArrayList<>();

  @Option(
      names = {"--verbose", "-v"},
      description = "show everything about each entry")
  boolean verbose;

  @Option(
      names = "--format",
      paramLabel = "string",
      description = "json, or a template of Go such as '{{json .}}'")
  private String format = "";

  /** Returns the template of the output, or empty if it is a table. */
  Optional<GoTemplate> template() {
    return format.isEmpty() ? Optional.empty() : Optional.of(GoTemplate.parse(format));
  }

  String[] filters() {
    return filters.toArray(String[]::new);
  }
}
