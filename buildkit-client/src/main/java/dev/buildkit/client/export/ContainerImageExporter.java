/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.export;

import dev.buildkit.llb.Platform;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An exporter that makes a container image: {@link ImageExporter}, {@link OciExporter} or {@link
 * DockerExporter}.
 */
public sealed interface ContainerImageExporter extends Exporter
    permits DockerExporter, ImageExporter, OciExporter {
  /** Returns the directory of the OCI image layout to which the image goes, if it goes there. */
  default Optional<Path> layout() {
    return Optional.empty();
  }

  /** Returns the names of the image in the order in which they were added. */
  List<String> names();

  /**
   * Adds a name of the image.
   *
   * @param name a reference such as {@code registry.example.com/app:1.0}, or {@code *} for the name
   *     that the frontend gives
   * @throws IllegalArgumentException if the name is blank or has a comma
   */
  ContainerImageExporter addName(String name);

  /**
   * Sets how new layers are compressed. The default is {@link Compression#GZIP}.
   *
   * @throws IllegalArgumentException if it needs OCI media types and these are off
   */
  ContainerImageExporter compression(Compression compression);

  /**
   * Sets how hard the daemon compresses; the default is the algorithm's own.
   *
   * @param level 0 to 9 for gzip and estargz, 0 to 22 for zstd
   * @throws IllegalArgumentException if the level is out of range
   */
  ContainerImageExporter compressionLevel(int level);

  /** Lets the daemon compress again the layers that it already has in another form. */
  ContainerImageExporter forceCompression();

  /**
   * Sets whether manifests and layers have OCI media types, or Docker's. The default is the daemon's:
   * OCI since BuildKit 0.32.
   *
   * @throws IllegalArgumentException if they are off and another attribute needs them
   */
  ContainerImageExporter ociMediaTypes(boolean enabled);

  /**
   * Sets the time that the image and its history carry, and newer file times with {@link
   * #rewriteTimestamp}.
   *
   * @param time used with a precision of seconds
   */
  ContainerImageExporter sourceDateEpoch(Instant time);

  /**
   * Lets the daemon rewrite layers so that no file is newer than {@link #sourceDateEpoch}. A daemon before BuildKit 0.34 that has
   * containerd for its worker refuses this for an image that is also {@linkplain ImageExporter#unpack unpacked}.
   */
  ContainerImageExporter rewriteTimestamp();

  /**
   * Sets an annotation of the manifest of every platform.
   *
   * @param key such as {@code org.opencontainers.image.title}
   * @throws IllegalArgumentException if the key is empty or has white space
   */
  ContainerImageExporter annotation(String key, String value);

  /**
   * Sets an annotation for the whole image, or for each of its platforms.
   *
   * @param key such as {@code org.opencontainers.image.title}
   * @throws IllegalArgumentException if the key is empty or has white space
   */
  ContainerImageExporter annotation(AnnotationType type, String key, String value);

  /**
   * Sets an annotation for one platform.
   *
   * @param key such as {@code org.opencontainers.image.title}
   * @throws IllegalArgumentException if the key is empty or has white space, or the type is one of the index, which belongs
   *     to all platforms
   */
  ContainerImageExporter annotation(
      AnnotationType type, Platform platform, String key, String value);

  @Override
  ContainerImageExporter attr(String key, String value);
}
