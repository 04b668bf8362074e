/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.export;

import dev.buildkit.llb.Platform;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes an image as an OCI image layout: blobs and an index, with all platforms of the result; as a tar stream, or to a directory. */
public final class OciExporter implements ContainerImageExporter {
  private final ImageDestination destination;
  private final Attributes attributes;

  OciExporter(ImageDestination destination, Attributes attributes) {
    this.destination = destination;
    this.attributes = attributes;
  }

  /** Returns where the tar stream goes; empty if the image goes to a layout. */
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
  public OciExporter addName(String name) {
    return copy(attributes.addName(name));
  }

  @Override
  public OciExporter compression(Compression compression) {
    return copy(attributes.compression(compression));
  }

  @Override
  public OciExporter compressionLevel(int level) {
    return copy(attributes.compressionLevel(level));
  }

  @Override
  public OciExporter forceCompression() {
    return copy(attributes.flag("force-compression", true));
  }

  @Override
  public OciExporter ociMediaTypes(boolean enabled) {
    return copy(attributes.flag("oci-mediatypes", enabled));
  }

  @Override
  public OciExporter sourceDateEpoch(Instant time) {
    return copy(attributes.sourceDateEpoch(time));
  }

  @Override
  public OciExporter rewriteTimestamp() {
    return copy(attributes.flag("rewrite-timestamp", true));
  }

  @Override
  public OciExporter annotation(String key, String value) {
    return copy(attributes.annotation(key, value));
  }

  @Override
  public OciExporter annotation(AnnotationType type, String key, String value) {
    return copy(attributes.annotation(type, key, value));
  }

  @Override
  public OciExporter annotation(AnnotationType type, Platform platform, String key, String value) {
    return copy(attributes.annotation(type, platform, key, value));
  }

  @Override
  public OciExporter attr(String key, String value) {
    return copy(attributes.set(key, value));
  }

  @Override
  public String toString() {
    return attributes.toString();
  }

  private OciExporter copy(Attributes changed) {
    return new OciExporter(destination, changed);
  }
}
