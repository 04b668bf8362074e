/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.export;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the files of a result to a directory of the client, with their permissions, times, links and
 * extended attributes; their owner is the user of the client.
 *
 * <p>The files are received into a hidden directory beside or below the destination, and moved to
 * their names after the whole solve succeeded. A destination that did not exist appears at once, with
 * everything in it; in one that existed, each file is replaced at once, but one after the other. A
 * solve that fails or is cancelled changes nothing.
 *
 * <p>Symbolic links are stored as they are, and none is followed below the destination.
 */
public final class LocalExporter implements Exporter {
  private final Path directory;
  private final Attributes attributes;

  LocalExporter(Path directory, Attributes attributes) {
    this.directory = directory;
    this.attributes = attributes;
  }

  /** Returns the destination as an absolute path. */
  public Path directory() {
    return directory;
  }

  /** Returns what happens to files in the destination that are not in the result. */
  public Mode mode() {
    return Mode.named(attributes.map().getOrDefault("mode", Mode.COPY.wireName()));
  }

  /** Sets what happens to files that are not in the result. The default is {@link Mode#COPY}. */
  public LocalExporter mode(Mode mode) {
    return copy(attributes.set("mode", mode.wireName()));
  }

  /**
   * Sets whether each platform gets a directory of its own, named {@code linux_amd64} and so on. The
   * default is yes for a result of several platforms; without, a file that two platforms have is an
   * error.
   */
  public LocalExporter platformSplit(boolean enabled) {
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
  public LocalExporter src(String directory) {
    return copy(attributes.set("src", directory));
  }

  /** Sets what the names of attestation files begin with. The default is nothing. */
  public LocalExporter attestationPrefix(String prefix) {
    return copy(attributes.set("attestation-prefix", prefix));
  }

  /**
   * Sets the time that files get which the daemon makes or changes.
   *
   * @param time used with a precision of seconds
   */
  public LocalExporter sourceDateEpoch(Instant time) {
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
  public LocalExporter attr(String key, String value) {
    return copy(attributes.set(key, value));
  }

  @Override
  public String toString() {
    return attributes.toString();
  }

  private LocalExporter copy(Attributes changed) {
    return new LocalExporter(directory, changed);
  }

  /** What happens to files in the destination that are not in the result. */
  public enum Mode {
    /** They stay. */
    COPY,

    /** They are deleted, so that the destination mirrors the result; needs BuildKit 0.31. */
    DELETE;

    private static Mode named(String wireName) {
      return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    private String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
