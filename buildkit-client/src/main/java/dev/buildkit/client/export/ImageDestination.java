/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.export;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/** Where an image goes on the client's side: to a stream, to a layout in a directory, or nowhere. */
record ImageDestination(Optional<ExportTarget> target, Optional<Path> layout) {
  static ImageDestination none() {
    return new ImageDestination(Optional.empty(), Optional.empty());
  }

  static ImageDestination stream(ExportTarget target) {
    return new ImageDestination(Optional.of(requireNonNull(target, "target")), Optional.empty());
  }

  static ImageDestination layout(Path directory) {
    return new ImageDestination(Optional.empty(), Optional.of(Destinations.directory(directory)));
  }
}
