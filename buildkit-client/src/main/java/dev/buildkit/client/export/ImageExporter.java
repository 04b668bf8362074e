/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.export;

import dev.buildkit.llb.Platform;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Keeps an image in the daemon's image store if it has one, and pushes it to its registry if {@link
 * #push} says so. No bytes come back to the client.
 */
public final class ImageExporter implements ContainerImageExporter {
  private final Attributes attributes;

  ImageExporter(Attributes attributes) {
    this.attributes = attributes;
  }

  /** Pushes the image to the registry of each of its names. */
  public ImageExporter push() {
    return copy(attributes.flag("push", true));
  }

  /**
   * Pushes the image by its digest alone, so that no tag moves. Its names must have no tag; {@link
   * dev.buildkit.client.solve.SolveResult#imageDigest()} tells what it can be pulled by.
   */
  public ImageExporter pushByDigest() {
    return copy(attributes.flag("push", true).flag("push-by-digest", true));
  }

  /** Allows plain HTTP and unknown certificates when the image is pushed. */
  public ImageExporter insecureRegistry() {
    return copy(attributes.flag("registry.insecure", true));
  }

  /** Sets whether the image is kept in the daemon's image store. The default is that it is. */
  public ImageExporter store(boolean enabled) {
    return copy(attributes.flag("store", enabled));
  }

  /**
   * Unpacks the image for the containers of the daemon's containerd.
   *
   * @throws IllegalArgumentException if time stamps are also rewritten
   */
  public ImageExporter unpack() {
    return copy(attributes.flag("unpack", true));
  }

  /** Returns whether the image is pushed to the registry of each of its names. */
  public boolean isPushed() {
    return attributes.isTrue("push");
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
  public ImageExporter addName(String name) {
    return copy(attributes.addName(name));
  }

  @Override
  public ImageExporter compression(Compression compression) {
    return copy(attributes.compression(compression));
  }

  @Override
  public ImageExporter compressionLevel(int level) {
    return copy(attributes.compressionLevel(level));
  }

  @Override
  public ImageExporter forceCompression() {
    return copy(attributes.flag("force-compression", true));
  }

  @Override
  public ImageExporter ociMediaTypes(boolean enabled) {
    return copy(attributes.flag("oci-mediatypes", enabled));
  }

  @Override
  public ImageExporter sourceDateEpoch(Instant time) {
    return copy(attributes.sourceDateEpoch(time));
  }

  @Override
  public ImageExporter rewriteTimestamp() {
    return copy(attributes.flag("rewrite-timestamp", true));
  }

  @Override
  public ImageExporter annotation(String key, String value) {
    return copy(attributes.annotation(key, value));
  }

  @Override
  public ImageExporter annotation(AnnotationType type, String key, String value) {
    return copy(attributes.annotation(type, key, value));
  }

  @Override
  public ImageExporter annotation(
      AnnotationType type, Platform platform, String key, String value) {
    return copy(attributes.annotation(type, platform, key, value));
  }

  @Override
  public ImageExporter attr(String key, String value) {
    return copy(attributes.set(key, value));
  }

  @Override
  public String toString() {
    return attributes.toString();
  }

  private static ImageExporter copy(Attributes changed) {
    return new ImageExporter(changed);
  }
}
