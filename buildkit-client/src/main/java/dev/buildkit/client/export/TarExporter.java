/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.export;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;

/** Writes the files of a result as one plain tar stream. */
public final class TarExporter implements Exporter {
  private final ExportTarget target;
  private final Attributes attributes;

  TarExporter(ExportTarget target, Attributes attributes) {
    this.target = requireNonNull(target, "target");
    this.attributes = attributes;
  }

  /** Returns where the tar stream goes. */
  public ExportTarget target() {
    return target;
  }

  /**
   * Sets whether each platform gets a directory of its own, named {@code linux_amd64} and so on. The
   * default is yes for a result of several platforms; without, a file that two platforms have is an
   * error.
   */
  public TarExporter platformSplit(boolean enabled) {
    return copy(attributes.flag("platform-split", enabled));
  }

  /**
   * Exports only this directory of the result; its content becomes the root. With several platforms, this is done for each. Needs
   * BuildKit 0.34; on older daemons, which would export everything, the solve fails before it begins.
   *
   * @param directory such as {@code /out}; a relative path begins at the root of the result. Symbolic links are resolved within the
   *     result; if there is no such directory, the solve fails
   * @throws IllegalArgumentException if the path is empty
   */
  public TarExporter src(String directory) {
    return copy(attributes.set("src", directory));
  }

  /** Sets what the names of attestation files begin with. The default is nothing. */
  public TarExporter attestationPrefix(String prefix) {
    return copy(attributes.set("attestation-prefix", prefix));
  }

  /**
   * Sets the time that files get which the daemon makes or changes.
   *
   * @param time used with a precision of seconds
   */
  public TarExporter sourceDateEpoch(Instant time) {
    return copy(attributes.sourceDateEpoch(time));
  }

  @Override
  public String type() {
    return attributes.exporter();
  }

  @Override
  public Map<String, String> attrs() {
    return attributes.map();
  }

  @Override
  public TarExporter attr(String key, String value) {
    return copy(attributes.set(key, value));
  }

  @Override
  public String toString() {
    return attributes.toString();
  }

  private TarExporter copy(Attributes changed) {
    return new TarExporter(target, changed);
  }
}
