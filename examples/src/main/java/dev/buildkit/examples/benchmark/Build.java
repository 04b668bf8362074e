/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.benchmark;

import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.llb.Definition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A build in words that both clients have: the command line of {@code buildctl build} and the
 * {@link SolveRequest}.
 *
 * @param definition what to solve; empty to let the Dockerfile frontend find out
 */
record Build(
    Optional<Definition> definition, Map<String, Path> localDirs, Optional<Output> output) {
  private static final String DOCKERFILE = "dockerfile.v0";

  static Build of(Definition definition) {
    return new Build(Optional.of(definition), Map.of(), Optional.empty());
  }

  static Build dockerfile(Path context) {
    return new Build(Optional.empty(), Map.of(), Optional.empty())
        .localDir("context", context)
        .localDir("dockerfile", context);
  }

  Build localDir(String name, Path directory) {
    Map<String, Path> dirs = new TreeMap<>(localDirs);
    dirs.put(name, directory);
    return new Build(definition, dirs, output);
  }

  Build output(Output to) {
    return new Build(definition, localDirs, Optional.of(to));
  }

  /** Returns what stands behind {@code buildctl build}. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    if (definition.isEmpty()) {
      arguments.addAll(List.of("--frontend", DOCKERFILE));
    }
    localDirs.forEach((name, dir) -> arguments.addAll(List.of("--local", name + "=" + dir)));
    output.ifPresent(to -> arguments.addAll(List.of("--output", to.argument())));
    return arguments;
  }

  /** Understands what {@link #arguments} returns. */
  static Build parse(List<String> arguments, Optional<Definition> definition) {
    Build build = new Build(definition, Map.of(), Optional.empty());
    for (int i = 0; i < arguments.size(); i += 2) {
      String value = arguments.get(i + 1);
      build = switch (arguments.get(i)) {
        case "--frontend" -> build;
        case "--local" -> {
          String[] local = value.split("=", 2);
          yield build.localDir(local[0], Path.of(local[1]));
        }
        case "--output" -> build.output(Output.parse(value));
        default -> throw new IllegalArgumentException("unknown option: " + arguments.get(i));
      };
    }
    return build;
  }

  SolveRequest.Builder request() {
    SolveRequest.Builder request =
        definition.map(SolveRequest::definition).orElseGet(() -> SolveRequest.frontend(DOCKERFILE));
    localDirs.forEach(request::localDir);
    output.map(Output::exporter).ifPresent(request::export);
    return request;
  }

  /** Where the result goes. */
  record Output(String type, Path dest) {
    String argument() {
      String argument = "type=" + type + ",dest=" + dest;
      return type.equals("oci") ? argument + ",compression=uncompressed" : argument;
    }

    static Output parse(String argument) {
      String[] fields = argument.split(",", -1);
      return new Output(value(fields[0]), Path.of(value(fields[1])));
    }

    Exporter exporter() {
      return switch (type) {
        case "local" -> Exporter.local(dest);
        case "tar" -> Exporter.tar(dest);
        case "oci" -> Exporter.oci(dest).attr("compression", "uncompressed");
        default -> throw new IllegalArgumentException("no such output: " + type);
      };
    }

    private static String value(String field) {
      return field.substring(field.indexOf('=') + 1);
    }
  }
}
