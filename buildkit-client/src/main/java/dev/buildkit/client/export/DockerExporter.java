/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.export;

import dev.buildkit.llb.Platform;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts an image where Docker can run it: without a target into the image store of the Docker Engine that builds it, else
 * in the form that {@code docker load} reads to a file, a stream, a directory, or the engine of a {@link DockerImageStore}.
 *
 * <p>The form has one platform: the daemon refuses a result of several.
 */
public final class DockerExporter implements ContainerImageExporter {
  private final ImageDestination destination;
  private final Attributes attributes;

  DockerExporter(ImageDestination destination, Attributes attributes) {
    this.destination = destination;
    this.attributes = attributes;
  }

  /** Returns where the tar stream goes; empty if the image goes to a layout, or stays in the engine that builds it. */
  public Optional<ExportTarget> target() {
    return destination.target();
  }

  @Override
  public Optional<Path> layout() {
    return destination.layout();
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
  public List<String> names() {
    return attributes.names();
  }

  @Override
  public DockerExporter addName(String name) {
    return copy(attributes.addName(name));
  }

  @Override
  public DockerExporter compression(Compression compression) {
    return copy(attributes.compression(compression));
  }

  @Override
  public DockerExporter compressionLevel(int level) {
    return copy(attributes.compressionLevel(level));
  }

  @Override
  public DockerExporter forceCompression() {
    return copy(attributes.flag("force-compression", true));
  }

  @Override
  public DockerExporter ociMediaTypes(boolean enabled) {
    return copy(attributes.flag("oci-mediatypes", enabled));
  }

  @Override
  public DockerExporter sourceDateEpoch(Instant time) {
    return copy(attributes.sourceDateEpoch(time));
  }

  @Override
  public DockerExporter rewriteTimestamp() {
    return copy(attributes.flag("rewrite-timestamp", true));
  }

  @Override
  public DockerExporter annotation(String key, String value) {
    return copy(attributes.annotation(key, value));
  }

  @Override
  public DockerExporter annotation(AnnotationType type, String key, String value) {
    return copy(attributes.annotation(type, key, value));
  }

  @Override
  public DockerExporter annotation(
      AnnotationType type, Platform platform, String key, String value) {
    return copy(attributes.annotation(type, platform, key, value));
  }

  @Override
  public DockerExporter attr(String key, String value) {
    return copy(attributes.set(key, value));
  }

  @Override
  public String toString() {
    return attributes.toString();
  }

  private DockerExporter copy(Attributes changed) {
    return new DockerExporter(destination, changed);
  }
}
