/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.benchmark;

import dev.buildkit.llb.Definition;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What to measure, with what.
 *
 * @param only the beginning of the names of scenarios to run
 * @param folder an empty folder for data and exports
 */
record Options(
    int rounds,
    int warmUps,
    String only,
    int mebibytes,
    int files,
    Path folder,
    String buildctl,
    Door door) {
  static final String USAGE = """
      Options:
        --folder DIR    an empty folder for data and exports; needed
        --rounds N      how often each client runs each build (5)
        --warmups N     how many builds of this JVM are not counted (5)
        --only NAME     only scenarios whose name begins so: upload-file, upload-tree,
                        export-local, export-tar, export-oci, cached
        --mebibytes N   size of the large file (512)
        --files N       number of small files (20000)

      Environment:
        BUILDKIT_HOST   address of the daemon, which loses its copies of local directories
        BUILDKIT_TLS_DIR  directory with ca.pem, cert.pem and key.pem, if it wants TLS
        BUILDCTL        path of buildctl
      """;

  private static final List<String> NAMES =
      List.of("--folder", "--rounds", "--warmups", "--only", "--mebibytes", "--files");

  /**
   * Reads the command line and the environment.
   *
   * @throws IllegalArgumentException if they are wrong or not enough
   */
  static Options parse(String[] args) {
    Map<String, String> given = pairs(args);
    Path folder = Path.of(need(given, "--folder")).toAbsolutePath();
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("--folder is no folder: " + folder);
    }
    return new Options(
        number(given, "--rounds", 5),
        number(given, "--warmups", 5),
        given.getOrDefault("--only", ""),
        number(given, "--mebibytes", 512),
        number(given, "--files", 20_000),
        folder,
        need(System.getenv(), "BUILDCTL"),
        new Door(
            need(System.getenv(), "BUILDKIT_HOST"),
            Optional.ofNullable(System.getenv("BUILDKIT_TLS_DIR"))
                .filter(directory -> !directory.isEmpty())
                .map(Path::of)));
  }

  /** Returns the clients to compare, the reference first. */
  List<Contender> contenders() {
    List<String> javaOptions = ManagementFactory.getRuntimeMXBean().getInputArguments();
    List<Contender> ours =
        List.of(new WarmJvm(door), ChildProcess.coldJvm(javaOptions, door, log()));
    Stream<Contender> theirs = door.isOneOfBuildctl()
        ? Stream.of(ChildProcess.buildctl(buildctl, door, log()))
        : Stream.empty();
    return Stream.concat(theirs, ours.stream()).toList();
  }

  /** Returns the chosen scenarios. */
  List<Scenario> scenarios() {
    Prune prune = new Prune(door);
    Contender primer = new WarmJvm(door);
    Definition largeFile = Export.largeFile(mebibytes);
    Path exports = folder.resolve("exports");
    return Stream.<Scenario>of(
            new Upload("upload-file", folder.resolve("file"), RandomFiles.large(mebibytes), prune),
            new Upload("upload-tree", folder.resolve("tree"), RandomFiles.small(files), prune),
            new Export("local", largeFile, exports, primer),
            new Export("tar", largeFile, exports, primer),
            new Export("oci", largeFile, exports, primer),
            new CachedBuild(folder.resolve("context"), primer))
        .filter(scenario -> scenario.name().startsWith(only))
        .toList();
  }

  private Path log() {
    return folder.resolve("log");
  }

  private static Map<String, String> pairs(String[] args) {
    Map<String, String> pairs = new TreeMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!NAMES.contains(args[i])) {
        throw new IllegalArgumentException("there is no option " + args[i]);
      }
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + " needs a value");
      }
      pairs.put(args[i], args[i + 1]);
    }
    return pairs;
  }

  private static String need(Map<String, String> values, String name) {
    String value = values.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw new IllegalArgumentException(name + " is not given");
    }
    return value;
  }

  private static int number(Map<String, String> values, String name, int fallback) {
    String value = values.getOrDefault(name, Integer.toString(fallback));
    try {
      return Integer.parseUnsignedInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " is no number: " + value, e);
    }
  }
}
