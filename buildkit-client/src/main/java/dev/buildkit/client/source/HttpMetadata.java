/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.source;

import static java.util.Objects.requireNonNull;

import dev.buildkit.llb.Digest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is known about a download.
 *
 * @param digest the SHA-256 digest of the content
 * @param filename what the file is called in a build, which the server may say
 * @param lastModified when the content changed, in seconds, if the server says so
 * @param checksum the digest that was {@linkplain SourceMetadataRequest#checksum(ChecksumAlgorithm) asked for}
 */
public record HttpMetadata(
    String identifier,
    Map<String, String> attrs,
    Digest digest,
    String filename,
    Optional<Instant> lastModified,
    Optional<Digest> checksum)
    implements SourceMetadata {
  /** Copies the map. */
  public HttpMetadata {
    requireNonNull(identifier, "identifier");
    attrs = Map.copyOf(attrs);
    requireNonNull(digest, "digest");
    requireNonNull(filename, "filename");
    requireNonNull(lastModified, "lastModified");
    requireNonNull(checksum, "checksum");
  }
}
