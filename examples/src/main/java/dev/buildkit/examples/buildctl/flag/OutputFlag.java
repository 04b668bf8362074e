/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.flag;

import dev.buildkit.examples.buildctl.gotext.GoBool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A value of {@code --output}.
 *
 * @param attrs what the daemon gets
 * @param destination where the bytes go
 */
public record OutputFlag(String type, Map<String, String> attrs, Destination destination) {
  /** Where the result goes: to nowhere of the client, its standard output, a file or a directory. */
  public sealed interface Destination {
    /** Nothing comes back to the client. */
    record None() implements Destination {}

    /** The bytes go to standard output. */
    record Stdout() implements Destination {}

    /** The bytes go to a file. */
    record File(Path path) implements Destination {}

    /** The files, or the blobs of an image, go to a directory. */
    record Directory(Path path) implements Destination {}
  }

  /**
   * Returns what a text means.
   *
   * @throws FlagException if it means nothing
   */
  public static OutputFlag parse(String text, Surroundings surroundings) {
    Map<String, String> attrs = KeyValue.mapOf(text);
    String type = attrs.getOrDefault("type", "");
    attrs.remove("type");
    if (type.isEmpty()) {
      throw new FlagException("--output requires type=<type>");
    }
    String output = attrs.get("output");
    if (output != null) {
      throw new FlagException(
          "output=" + output + " not supported for --output, you meant dest=" + output + "?");
    }
    Destination destination = destination(type, attrs, surroundings);
    if (!(destination instanceof Destination.None)) {
      attrs.remove("dest");
    }
    return new OutputFlag(type, attrs, destination);
  }

  private static Destination destination(
      String type, Map<String, String> attrs, Surroundings surroundings) {
    String dest = attrs.getOrDefault("dest", "");
    boolean tar = GoBool.parse(attrs.getOrDefault("tar", "")).orElse(true);
    return switch (type) {
      case "local" -> directory(type, dest, surroundings);
      case "tar" -> file(type, dest, surroundings);
      case "oci", "docker" ->
        tar ? file(type, dest, surroundings) : directory(type, dest, surroundings);
      default -> none(type, dest);
    };
  }

  private static Destination directory(String type, String dest, Surroundings surroundings) {
    if (dest.isEmpty()) {
      throw invalid("output directory is required for " + type + " exporter");
    }
    return new Destination.Directory(surroundings.path(dest));
  }

  private static Destination file(String type, String dest, Surroundings surroundings) {
    if (dest.isEmpty() || dest.equals("-")) {
      if (surroundings.stdoutIsTerminal()) {
        throw invalid(
            "output file is required for " + type + " exporter. refusing to write to console");
      }
      return new Destination.Stdout();
    }
    Path path = surroundings.path(dest);
    if (Files.isDirectory(path)) {
      throw invalid("destination file is a directory");
    }
    return new Destination.File(path);
  }

  private static Destination none(String type, String dest) {
    if (!dest.isEmpty()) {
      throw invalid("output " + dest + " is not supported by " + type + " exporter");
    }
    return new Destination.None();
  }

  private static FlagException invalid(String why) {
    return new FlagException("invalid output option: output: " + why);
  }
}
