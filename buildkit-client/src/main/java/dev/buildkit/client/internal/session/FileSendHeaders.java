/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import io.grpc.Metadata;
import java.util.Map;
import java.util.TreeMap;

/** What the daemon says in the headers of a call that brings an export. */
final class FileSendHeaders {
  private static final Metadata.Key<String> EXPORTER_ID = key("buildkit-attachable-exporter-id");
  private static final Metadata.Key<String> MULTI_PLATFORM =
      key("buildkit-exporter-multi-platform");
  private static final String RESPONSE_PREFIX = "exporter-md-";

  /** Daemons before 0.13 have one exporter and send no id. */
  static String exporterId(Metadata headers) {
    String id = headers.get(EXPORTER_ID);
    return id == null ? "0" : id;
  }

  static boolean isMultiPlatform(Metadata headers) {
    return "1".equals(headers.get(MULTI_PLATFORM));
  }

  static Map<String, String> response(Metadata headers) {
    Map<String, String> response = new TreeMap<>();
    for (String name : headers.keys()) {
      if (name.startsWith(RESPONSE_PREFIX) && !name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
        Iterable<String> values = headers.getAll(key(name));
        if (values != null) {
          response.put(name.substring(RESPONSE_PREFIX.length()), String.join(",", values));
        }
      }
    }
    return response;
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private FileSendHeaders() {}
}
