/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.buildkit.client.internal.fsutil.TreeFilter;
import io.grpc.Metadata;
import java.net.URLDecoder;
import java.util.List;
import java.util.Set;

/**
 * What a daemon says in the headers of a request for files.
 *
 * <p>Values are escaped if a companion header says so, and as they are from daemons before 0.12.
 */
final class FileSyncHeaders {
  private static final String ENCODED = "-encoded";

  /** What Go's {@code strconv.ParseBool} takes for true. */
  private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");

  private FileSyncHeaders() {}

  /** Returns the name of the directory that is asked for, and nothing if there is none. */
  static String directory(Metadata headers) {
    List<String> names = values(headers, "dir-name");
    return names.isEmpty() ? "" : names.get(0);
  }

  static TreeFilter filter(Metadata headers) {
    return new TreeFilter(
        values(headers, "include-patterns"),
        values(headers, "exclude-patterns"),
        values(headers, "followpaths"));
  }

  /**
   * Returns the values of a key.
   *
   * @throws IllegalArgumentException if they are said to be escaped and are not
   */
  static List<String> values(Metadata headers, String name) {
    List<String> values = TextHeaders.all(headers, name);
    List<String> encoded = TextHeaders.all(headers, name + ENCODED);
    if (!encoded.isEmpty() && TRUE.contains(encoded.get(0))) {
      values.replaceAll(value -> URLDecoder.decode(value, UTF_8));
    }
    return values;
  }
}
