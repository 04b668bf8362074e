/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version of this program, which the build writes into a file beside it. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(Version.class.getResourceAsStream("version"), "version")) {
      String version = new String(file.readAllBytes(), UTF_8).strip();
      return new String[] {"buildctl dev.buildkit " + version};
    }
  }
}
