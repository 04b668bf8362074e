/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.InternalMetadata;
import io.grpc.InternalMetadata.TrustedAsciiMarshaller;
import io.grpc.Metadata;
import java.util.ArrayList;
import java.util.List;

/** Headers whose values are UTF-8. The public keys of gRPC would turn them to ASCII, hence its internal ones. */
final class TextHeaders {
  private static final TrustedAsciiMarshaller<String> TEXT = new TrustedAsciiMarshaller<>() {
    @Override
    public byte[] toAsciiString(String value) {
      return value.getBytes(UTF_8);
    }

    @Override
    public String parseAsciiString(byte[] serialized) {
      return new String(serialized, UTF_8);
    }
  };

  private TextHeaders() {}

  /** Returns all values of a name, in a list that may be changed. */
  static List<String> all(Metadata headers, String name) {
    List<String> values = new ArrayList<>();
    Iterable<String> all = headers.getAll(InternalMetadata.keyOf(name, TEXT));
    if (all != null) {
      all.forEach(values::add);
    }
    return values;
  }

  /** Returns the first value of a name, and nothing if there is none. */
  static String first(Metadata headers, String name) {
    List<String> values = all(headers, name);
    return values.isEmpty() ? "" : values.get(0);
  }
}
