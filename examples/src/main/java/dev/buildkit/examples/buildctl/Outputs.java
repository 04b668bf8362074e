/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import dev.buildkit.client.export.Exporter;
import dev.buildkit.examples.buildctl.flag.OutputFlag;
import dev.buildkit.examples.buildctl.flag.OutputFlag.Destination;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;

/** Makes exporters of outputs. */
final class Outputs {
  private Outputs() {}

  static Exporter exporter(OutputFlag output, OutputStream stdout) {
    Exporter exporter = switch (output.type()) {
      case "image" -> Exporter.image();
      case "local" -> Exporter.local(directory(output));
      case "tar" ->
        output.destination() instanceof Destination.File file
            ? Exporter.tar(file.path())
            : Exporter.tar(stdout);
      case "oci" -> oci(output.destination(), stdout);
      case "docker" -> docker(output.destination(), stdout);
      default -> Exporter.of(output.type());
    };
    for (Map.Entry<String, String> attr : output.attrs().entrySet()) {
      // Whether it is an archive is decided, and the client says so to the daemon.
      if (!attr.getKey().equals("tar") || output.destination() instanceof Destination.None) {
        exporter = exporter.attr(attr.getKey(), attr.getValue());
      }
    }
    return exporter;
  }

  private static Exporter oci(Destination destination, OutputStream stdout) {
    if (destination instanceof Destination.Directory layout) {
      return Exporter.ociLayout(layout.path());
    }
    return destination instanceof Destination.File file
        ? Exporter.oci(file.path())
        : Exporter.oci(stdout);
  }

  private static Exporter docker(Destination destination, OutputStream stdout) {
    if (destination instanceof Destination.Directory layout) {
      return Exporter.dockerLayout(layout.path());
    }
    return destination instanceof Destination.File file
        ? Exporter.docker(file.path())
        : Exporter.docker(stdout);
  }

  private static Path directory(OutputFlag output) {
    return ((Destination.Directory) output.destination()).path();
  }
}
