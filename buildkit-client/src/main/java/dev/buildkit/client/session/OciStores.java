/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.session;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import dev.buildkit.client.internal.session.ContentService;
import dev.buildkit.client.internal.session.ContentStore;
import dev.buildkit.client.internal.session.OciImage;
import dev.buildkit.client.internal.session.OciLayout;
import dev.buildkit.llb.OciLayoutSource;
import io.grpc.ServerServiceDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * OCI image layouts on this machine whose images and blobs a build may use, by the ids of their stores.
 *
 * <pre>{@code
 * OciStores stores = OciStores.empty().add("base", Path.of("build/base-image"));
 * State base = State.from(stores.source("base"));
 * }</pre>
 *
 * <p>A Dockerfile names such an image as a context: the option {@code context:base} is {@code "oci-layout://"} and the {@linkplain
 * #reference reference}. The daemon reads only the blobs that it lacks, and checks their digests. Nothing is written, and nothing outside of the layout is read, not through
 * links either. The daemon needs BuildKit 0.11 or later.
 *
 * <p>Immutable: each method returns a copy.
 */
public final class OciStores implements Attachable {
  private static final OciStores EMPTY = new OciStores(Map.of());
  private static final String PREFIX = "oci:";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]*");

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
   * @param id what sources name, of letters, digits, {@code .}, {@code _}, {@code -}, {@code :} and {@code /}
   * @param layout the directory with the file {@code oci-layout}
   * @throws IllegalArgumentException if the id has other characters or is taken, or the directory is missing or no layout
   */
  public OciStores add(String id, Path layout) {
    if (!ID.matcher(requireNonNull(id, "id")).matches()) {
      throw new IllegalArgumentException("OCI store '" + id
          + "': the id is a part of references; take letters, digits and '._:/-'");
    }
    Map<String, OciLayout> copy = new LinkedHashMap<>(layouts);
    if (copy.put(id, open(id, requireNonNull(layout, "layout"))) != null) {
      throw new IllegalArgumentException("OCI store " + id + " is given twice");
    }
    return new OciStores(copy);
  }

  /**
   * Returns a source for the only image of a layout, as its index tells now.
   *
   * @throws IllegalArgumentException if there is no such store, or its index has not exactly one image
   * @throws UncheckedIOException if the index cannot be read
   */
  public OciLayoutSource source(String id) {
    return source(id, only(id));
  }

  /**
   * Returns a source for an image of a layout, as its index tells now.
   *
   * @param name the image's tag, or its full name if the index has it
   * @throws IllegalArgumentException if there is no such store or no such image
   * @throws UncheckedIOException if the index cannot be read
   */
  public OciLayoutSource source(String id, String name) {
    return source(id, named(id, name));
  }

  /**
   * Returns the reference of the only image of a layout for frontends, such as {@code base@sha256:…}, as its index tells now.
   *
   * @throws IllegalArgumentException if there is no such store, or its index has not exactly one image
   * @throws UncheckedIOException if the index cannot be read
   */
  public String reference(String id) {
    return id + "@" + only(id).digest();
  }

  /**
   * Returns the reference of an image of a layout for frontends, such as {@code base@sha256:…}, as its index tells now.
   *
   * @param name the image's tag, or its full name if the index has it
   * @throws IllegalArgumentException if there is no such store or no such image
   * @throws UncheckedIOException if the index cannot be read
   */
  public String reference(String id, String name) {
    return id + "@" + named(id, name).digest();
  }

  @Override
  public List<ServerServiceDefinition> services() {
    return List.of(ContentService.of(layouts.entrySet().stream()
        .collect(toMap(
            entry -> PREFIX + entry.getKey(), entry -> ContentStore.readable(entry.getValue())))));
  }

  /** Returns the ids and where the layouts are. */
  @Override
  public String toString() {
    return "OciStores" + layouts;
  }

  /** The name before the digest only shows; without a slash in it daemons refuse it. */
  private static OciLayoutSource source(String id, OciImage image) {
    return OciLayoutSource.of("local/" + id + "@" + image.digest()).store(id);
  }

  private OciImage only(String id) {
    List<OciImage> images = images(id);
    if (images.size() != 1) {
      throw new IllegalArgumentException("OCI store " + id + ": its index has " + images.size()
          + " images; name one of: " + names(images));
    }
    return images.get(0);
  }

  private OciImage named(String id, String name) {
    requireNonNull(name, "name");
    List<OciImage> images = images(id);
    return images.stream()
        .filter(image -> image.isCalled(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("OCI store " + id
            + ": its index has no image " + name + "; name one of: " + names(images)));
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
