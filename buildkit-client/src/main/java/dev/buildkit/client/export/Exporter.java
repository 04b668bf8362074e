/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.export;

import java.io.OutputStream;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Map;

/**
 * What BuildKit makes of a result, and where it goes.
 *
 * <pre>{@code
 * Exporter.image("registry.example.com/app:1.0").push();
 * Exporter.local(Path.of("target/out"));
 * Exporter.oci(Path.of("app.tar")).compression(Compression.ZSTD);
 * }</pre>
 *
 * <p>Exporters are immutable and may be shared between threads and reused by later solves. Common
 * attributes have methods; {@link #attr} passes any other to the daemon. Two exporters are equal only
 * if they are the same object.
 *
 * <p>Nothing appears under the name of a file or directory before the whole solve succeeded.
 */
public sealed interface Exporter
    permits ContainerImageExporter, LocalExporter, TarExporter, OtherExporter {
  /**
   * Returns an exporter that writes the files of the result to a directory.
   *
   * @param directory made by the export if it does not exist, together with its parents
   * @throws IllegalArgumentException if something else is there, or it cannot be written to
   */
  static LocalExporter local(Path directory) {
    return new LocalExporter(Destinations.directory(directory), Attributes.of("local"));
  }

  /**
   * Returns an exporter that writes the files of the result to a tar file.
   *
   * @param file replaced if it exists; its directory must exist
   * @throws IllegalArgumentException if the file cannot be made there
   */
  static TarExporter tar(Path file) {
    return tar(FileTarget.of(file));
  }

  /**
   * Returns an exporter that writes the files of the result as a tar stream.
   *
   * @param stream flushed at the end, not closed; it has the bytes even if the solve fails later
   */
  static TarExporter tar(OutputStream stream) {
    return tar(new StreamTarget(stream));
  }

  /**
   * Returns an exporter that writes the files of the result as a tar stream.
   *
   * @param channel not closed; it has the bytes even if the solve fails later
   */
  static TarExporter tar(WritableByteChannel channel) {
    return tar(new ChannelTarget(channel));
  }

  /** Returns an exporter that writes the files of the result as a tar stream. */
  static TarExporter tar(ExportTarget target) {
    return new TarExporter(target, Attributes.of("tar"));
  }

  /**
   * Returns an exporter that writes a tar file of an OCI image layout with all platforms.
   *
   * @param file replaced if it exists; its directory must exist
   * @throws IllegalArgumentException if the file cannot be made there
   */
  static OciExporter oci(Path file) {
    return oci(FileTarget.of(file));
  }

  /**
   * Returns an exporter that writes a tar stream of an OCI image layout with all platforms.
   *
   * @param stream flushed at the end, not closed; it has the bytes even if the solve fails later
   */
  static OciExporter oci(OutputStream stream) {
    return oci(new StreamTarget(stream));
  }

  /**
   * Returns an exporter that writes a tar stream of an OCI image layout with all platforms.
   *
   * @param channel not closed; it has the bytes even if the solve fails later
   */
  static OciExporter oci(WritableByteChannel channel) {
    return oci(new ChannelTarget(channel));
  }

  /** Returns an exporter that writes a tar stream of an OCI image layout with all platforms. */
  static OciExporter oci(ExportTarget target) {
    return new OciExporter(ImageDestination.stream(target), Attributes.of("oci"));
  }

  /**
   * Returns an exporter that writes an OCI image layout with all platforms to a directory, as {@code tar=false} does for {@code
   * buildctl}. A layout that is there already gets one more image; blobs that it has are not sent again. The image is in its index
   * after the whole solve succeeded, under its names or else as {@code latest}, in place of an earlier one of that name.
   *
   * @param directory made by the solve if it does not exist, together with its parents
   * @throws IllegalArgumentException if something else is there, or it cannot be written to
   */
  static OciExporter ociLayout(Path directory) {
    return new OciExporter(ImageDestination.layout(directory), Attributes.layout("oci"));
  }

  /**
   * Returns an exporter that puts an image into the image store of the Docker Engine that builds it, where it is ready to run.
   * Only for clients of the BuildKit inside an engine, such as those of {@code docker://}; for others there is {@link
   * #docker(ExportTarget)} with a {@link DockerImageStore}.
   */
  static DockerExporter docker() {
    return new DockerExporter(ImageDestination.none(), Attributes.of("docker"));
  }

  /**
   * Returns an exporter that writes a tar file for {@code docker load}, which has one platform.
   *
   * @param file replaced if it exists; its directory must exist
   * @throws IllegalArgumentException if the file cannot be made there
   */
  static DockerExporter docker(Path file) {
    return docker(FileTarget.of(file));
  }

  /**
   * Returns an exporter that writes a tar stream for {@code docker load}, which has one platform.
   *
   * @param stream flushed at the end, not closed; it has the bytes even if the solve fails later
   */
  static DockerExporter docker(OutputStream stream) {
    return docker(new StreamTarget(stream));
  }

  /**
   * Returns an exporter that writes a tar stream for {@code docker load}, which has one platform.
   *
   * @param channel not closed; it has the bytes even if the solve fails later
   */
  static DockerExporter docker(WritableByteChannel channel) {
    return docker(new ChannelTarget(channel));
  }

  /** Returns an exporter that writes a tar stream for {@code docker load}, with one platform. */
  static DockerExporter docker(ExportTarget target) {
    return new DockerExporter(ImageDestination.stream(target), Attributes.of("docker"));
  }

  /**
   * Returns an exporter that writes what {@link #docker(Path)} does to a directory instead of a tar file: an OCI image layout with one
   * platform and Docker's media types. For all else see {@link #ociLayout}.
   *
   * @param directory made by the solve if it does not exist, together with its parents
   * @throws IllegalArgumentException if something else is there, or it cannot be written to
   */
  static DockerExporter dockerLayout(Path directory) {
    return new DockerExporter(ImageDestination.layout(directory), Attributes.layout("docker"));
  }

  /**
   * Returns an exporter that keeps an image in the daemon's image store, and can push it.
   *
   * @param name a reference such as {@code registry.example.com/app:1.0}, or {@code *} for the name
   *     that the frontend gives
   * @throws IllegalArgumentException if the name is blank or has a comma
   */
  static ImageExporter image(String name) {
    return new ImageExporter(Attributes.of("image").addName(name));
  }

  /**
   * Returns an exporter that makes an image without a name, which the daemon keeps only by its digest.
   */
  static ImageExporter image() {
    return new ImageExporter(Attributes.of("image"));
  }

  /**
   * Returns an exporter of any kind that the daemon knows, if it sends nothing to the client.
   *
   * @param type BuildKit's name of it
   * @throws IllegalArgumentException if the type is blank, or one that has a factory of its own
   */
  static OtherExporter of(String type) {
    if (type.isBlank()) {
      throw new IllegalArgumentException("exporter type must not be blank");
    }
    return switch (type) {
      case "local", "tar", "oci", "docker", "image" ->
        throw new IllegalArgumentException("exporter type " + type + ": use Exporter." + type);
      default -> new OtherExporter(Attributes.of(type));
    };
  }

  /** Returns the name by which the daemon knows the kind, such as {@code oci}. */
  String type();

  /** Returns the attributes as the daemon gets them. */
  Map<String, String> attrs();

  /**
   * Sets one attribute by the name that BuildKit gives it, in place of an earlier value.
   *
   * @param value may be empty, which BuildKit takes as true for some flags
   * @throws IllegalArgumentException if the daemon would never see the attribute, or its value
   *     contradicts another one
   */
  Exporter attr(String key, String value);
}
