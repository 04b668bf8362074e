/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.source;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * What is known about a reference of a Git repository.
 *
 * @param checksum the hash of what the reference names, in hexadecimal digits: a commit, or the tag object of an annotated tag
 * @param ref the full reference, such as {@code refs/heads/main}, or the hash if that was asked for
 * @param commitChecksum the hash of the commit
 * @param commitObject the commit as Git hashes it, without its header; present if it was {@linkplain
 *     SourceMetadataRequest#returnObject asked for}
 * @param tagObject the tag object of an annotated tag, likewise
 */
public record GitMetadata(
    String identifier,
    Map<String, String> attrs,
    String checksum,
    String ref,
    String commitChecksum,
    Optional<Content> commitObject,
    Optional<Content> tagObject)
    implements SourceMetadata {
  /** Copies the map. */
  public GitMetadata {
    requireNonNull(identifier, "identifier");
    attrs = Map.copyOf(attrs);
    requireNonNull(checksum, "checksum");
    requireNonNull(ref, "ref");
    requireNonNull(commitChecksum, "commitChecksum");
    requireNonNull(commitObject, "commitObject");
    requireNonNull(tagObject, "tagObject");
  }
}
