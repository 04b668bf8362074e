/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.session;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import dev.buildkit.client.internal.session.ContentService;
import dev.buildkit.client.internal.session.OciImage;
import dev.buildkit.client.internal.session.OciLayout;
import io.grpc.ServerServiceDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * OCI image layouts on this machine whose images and blobs a build may use, by the ids of their stores.
 *
 * <pre>{@code
 * OciStores stores = OciStores.empty().add("base", Path.of("build/base-image"));
 * State base = State.from(OciLayoutSource.of(stores.reference("base", "latest")));
 * }</pre>
 *
 * <p>A Dockerfile names such an image as a context, {@code context:base} being {@code "oci-layout://" + reference}. The daemon reads only
 * the blobs that it lacks, and checks their digests. Nothing is written, and nothing outside of the layout is read, not through
 * links either. The daemon needs BuildKit 0.11 or later.
 *
 * <p>Immutable: each method returns a copy.
 */
public final class OciStores implements Attachable {
  private static final OciStores EMPTY = new OciStores(Map.of());
  private static final String PREFIX = "oci:";

  private final Map<String, OciLayout> layouts;

  private OciStores(Map<String, OciLayout> layouts) {
    this.layouts = Collections.unmodifiableMap(layouts);
  }

  /** Returns a set without stores. */
  public static OciStores empty() {
    return EMPTY;
  }

  /**
   * Adds an OCI layout.
   *
   * @param id what sources name; for a frontend, and unless a source says otherwise, the name of the image before the {@code @}
   * @param layout the directory with the file {@code oci-layout}
   * @throws IllegalArgumentException if the id is empty or taken, or the directory is missing or no layout
   */
  public OciStores add(String id, Path layout) {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("id of an OCI store must not be empty");
    }
    Map<String, OciLayout> copy = new LinkedHashMap<>(layouts);
    if (copy.put(id, open(id, requireNonNull(layout, "layout"))) != null) {
      throw new IllegalArgumentException("OCI store " + id + " is given twice");
    }
    return new OciStores(copy);
  }

  /**
   * Returns the reference of the only image of a layout, such as {@code base@sha256:…}, as its index tells now.
   *
   * @throws IllegalArgumentException if there is no such store, or its index has not exactly one image
   * @throws UncheckedIOException if the index cannot be read
   */
  public String reference(String id) {
    List<OciImage> images = images(id);
    if (images.size() != 1) {
      throw new IllegalArgumentException("OCI store " + id + ": its index has " + images.size()
          + " images; name one of: " + names(images));
    }
    return id + "@" + images.get(0).digest();
  }

  /**
   * Returns the reference of an image of a layout, such as {@code base@sha256:…}, as its index tells now.
   *
   * @param name the image's tag, or its full name if the index has it
   * @throws IllegalArgumentException if there is no such store or no such image
   * @throws UncheckedIOException if the index cannot be read
   */
  public String reference(String id, String name) {
    requireNonNull(name, "name");
    List<OciImage> images = images(id);
    return images.stream()
        .filter(image -> image.isCalled(name))
        .map(image -> id + "@" + image.digest())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("OCI store " + id
            + ": its index has no image " + name + "; name one of: " + names(images)));
  }

  @Override
  public List<ServerServiceDefinition> services() {
    return List.of(ContentService.of(layouts.entrySet().stream()
        .collect(toMap(entry -> PREFIX + entry.getKey(), Map.Entry::getValue))));
  }

  /** Returns the ids and where the layouts are. */
  @Override
  public String toString() {
    return "OciStores" + layouts;
  }

  private List<OciImage> images(String id) {
    OciLayout layout = layouts.get(requireNonNull(id, "id"));
    if (layout == null) {
      throw new IllegalArgumentException(
          "OCI store " + id + " is not there; there are " + layouts.keySet());
    }
    try {
      return layout.images();
    } catch (IOException e) {
      throw new UncheckedIOException("OCI store " + id + ": " + e.getMessage(), e);
    }
  }

  private static OciLayout open(String id, Path layout) {
    try {
      return OciLayout.open(layout);
    } catch (IOException e) {
      throw new IllegalArgumentException("OCI store " + id + ": " + e.getMessage(), e);
    }
  }

  private static String names(List<OciImage> images) {
    return images.stream().map(OciImage::tag).distinct().collect(joining(", "));
  }
}
