/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.source;

import static java.util.Objects.requireNonNull;

import dev.buildkit.llb.Platform;
import dev.buildkit.llb.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A question about a source: an image, an image in an OCI layout, a Git repository or a download.
 *
 * <pre>{@code
 * SourceMetadataRequest.of(GitSource.of("https://github.com/moby/buildkit.git").ref("v0.34.2")).returnObject()
 * }</pre>
 *
 * <p>Immutable: each method returns a copy.
 */
public final class SourceMetadataRequest {
  private static final int MAX_SUFFIX_BYTES = 4096;
  private static final Pattern LOGIN = Pattern.compile("^(https?://)[^/?#]*@");

  private final Source source;
  private final Optional<Platform> platform;
  private final Wanted wanted;
  private final ResolverOptions options;

  /** What is wanted beside what is always told. */
  private record Wanted(
      boolean attestationChain,
      List<String> attestations,
      boolean object,
      Optional<ChecksumRequest> checksum) {
    static final Wanted NOTHING = new Wanted(false, List.of(), false, Optional.empty());
  }

  /**
   * A digest of a download.
   *
   * @param suffix bytes that are hashed after the content
   */
  public record ChecksumRequest(ChecksumAlgorithm algorithm, Content suffix) {
    /**
     * Checks the suffix.
     *
     * @throws IllegalArgumentException if it is longer than 4096 bytes
     */
    public ChecksumRequest {
      requireNonNull(algorithm, "algorithm");
      if (suffix.bytes().length > MAX_SUFFIX_BYTES) {
        throw new IllegalArgumentException("checksum: the suffix must not be longer than "
            + MAX_SUFFIX_BYTES + " bytes, but was: " + suffix);
      }
    }
  }

  private SourceMetadataRequest(
      Source source, Optional<Platform> platform, Wanted wanted, ResolverOptions options) {
    this.source = source;
    this.platform = platform;
    this.wanted = wanted;
    this.options = options;
  }

  /** Returns the question what the daemon knows about a source, for the platform that its constraints name. */
  public static SourceMetadataRequest of(Source source) {
    return new SourceMetadataRequest(
        source, source.platform(), Wanted.NOTHING, ResolverOptions.none());
  }

  /** Sets the platform of an image. The default is that of the source, else that of the daemon. */
  public SourceMetadataRequest platform(Platform platform) {
    return new SourceMetadataRequest(source, Optional.of(platform), wanted, options);
  }

  /**
   * Asks for the chain from the index of an image to its attestations and signatures. An image without an OCI index has none. It
   * takes BuildKit 0.28 or later.
   *
   * @throws IllegalArgumentException if the source is no image in a registry
   */
  public SourceMetadataRequest attestationChain() {
    requireKind("attestationChain", "images in registries", "docker-image:");
    return wanted(new Wanted(true, wanted.attestations, wanted.object, wanted.checksum));
  }

  /**
   * Asks for the chain with the attestations of this kind.
   *
   * @param predicateType such as {@code https://slsa.dev/provenance/v1}
   * @throws IllegalArgumentException if the source is no image in a registry
   */
  public SourceMetadataRequest addAttestation(String predicateType) {
    requireKind("addAttestation", "images in registries", "docker-image:");
    List<String> longer = new ArrayList<>(wanted.attestations);
    longer.add(requireNonNull(predicateType, "predicateType"));
    return wanted(new Wanted(true, List.copyOf(longer), wanted.object, wanted.checksum));
  }

  /**
   * Asks for the commit and the tag object of a Git reference.
   *
   * @throws IllegalArgumentException if the source is no Git repository
   */
  public SourceMetadataRequest returnObject() {
    requireKind("returnObject", "Git repositories", "git:");
    return wanted(new Wanted(wanted.attestationChain, wanted.attestations, true, wanted.checksum));
  }

  /**
   * Asks for a digest of a download besides that by SHA-256.
   *
   * @throws IllegalArgumentException if the source is no download
   */
  public SourceMetadataRequest checksum(ChecksumAlgorithm algorithm) {
    return checksum(algorithm, new byte[0]);
  }

  /**
   * Asks for a digest of a download with some bytes after it, which is what detached signatures sign.
   *
   * @throws IllegalArgumentException if the source is no download, or the suffix is longer than 4096 bytes
   */
  public SourceMetadataRequest checksum(ChecksumAlgorithm algorithm, byte[] suffix) {
    requireKind("checksum", "downloads", "http:", "https:");
    ChecksumRequest checksum = new ChecksumRequest(algorithm, Content.of(suffix));
    return wanted(new Wanted(
        wanted.attestationChain, wanted.attestations, wanted.object, Optional.of(checksum)));
  }

  /** Sets what the daemon may use, and how long. The default is {@link ResolverOptions#none()}. */
  public SourceMetadataRequest options(ResolverOptions options) {
    return new SourceMetadataRequest(source, platform, wanted, requireNonNull(options, "options"));
  }

  /** Returns the source. */
  public Source source() {
    return source;
  }

  /** Returns the platform of an image, or empty if it is that of the daemon. */
  public Optional<Platform> platform() {
    return platform;
  }

  /** Returns whether the chain to attestations and signatures is wanted. */
  public boolean wantsAttestationChain() {
    return wanted.attestationChain;
  }

  /** Returns the kinds of attestations that are wanted. */
  public List<String> attestations() {
    return wanted.attestations;
  }

  /** Returns whether the objects of a Git reference are wanted. */
  public boolean wantsObject() {
    return wanted.object;
  }

  /** Returns the digest that is wanted besides the usual one. */
  public Optional<ChecksumRequest> checksum() {
    return wanted.checksum;
  }

  /** Returns what the daemon may use, and how long. */
  public ResolverOptions options() {
    return options;
  }

  private SourceMetadataRequest wanted(Wanted changed) {
    return new SourceMetadataRequest(source, platform, changed, options);
  }

  private void requireKind(String what, String kind, String... schemes) {
    for (String scheme : schemes) {
      if (source.identifier().startsWith(scheme)) {
        return;
      }
    }
    throw new IllegalArgumentException(
        "metadata of " + this + ": " + what + " is for " + kind + "; leave it out");
  }

  /** Returns the identifier of the source, without the login that a URL may hold, and the platform. */
  @Override
  public String toString() {
    String shown = LOGIN.matcher(source.identifier()).replaceFirst("$1");
    return platform.map(it -> shown + " for " + it).orElse(shown);
  }
}
