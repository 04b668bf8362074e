/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.ErrorCode;
import dev.buildkit.client.export.ContainerImageExporter;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.internal.session.CacheLock;
import dev.buildkit.client.internal.session.ContentStore;
import dev.buildkit.client.internal.session.OciImage;
import dev.buildkit.client.internal.session.OciLabel;
import dev.buildkit.client.internal.session.OciLayout;
import dev.buildkit.client.solve.CacheOptions;
import dev.buildkit.client.solve.SolveRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The OCI layouts on this machine that one solve reads and writes: local caches, and an image that is exported as a directory. */
final class Layouts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Layouts.class);

  /** The store of exporters with {@code tar=false}; the daemon knows no more than one. */
  private static final String EXPORT = "export";

  private static final String LOCAL = "local:";
  private static final String LATEST = "latest";
  private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");

  private final Map<String, ContentStore> stores = new HashMap<>();
  private final Map<String, CacheLock> locks = new HashMap<>();
  private final List<CacheOptions> imports = new ArrayList<>();
  private final List<CacheOptions> exports;

  private Layouts(List<CacheOptions> exports) {
    this.exports = exports;
  }

  /** Returns no layouts. */
  static Layouts none() {
    return new Layouts(List.of());
  }

  /**
   * Opens the layouts, and makes those that are written to. Caches that cannot be imported are left out.
   *
   * @throws BuildKitException if a directory cannot be made
   */
  static Layouts of(SolveRequest request, String address) {
    Layouts layouts = new Layouts(request.cacheExports().stream()
        .filter(cache -> cache.directory().isPresent())
        .toList());
    try {
      layouts.make(request.exporters());
    } catch (IOException e) {
      throw new BuildKitException(
          ErrorCode.FAILED, "solve on " + address + ": cannot make an OCI layout: " + e, e);
    }
    for (CacheOptions cache : request.cacheImports()) {
      (cache.directory().isPresent() ? layouts.found(cache) : Optional.of(cache))
          .ifPresent(layouts.imports::add);
    }
    return layouts;
  }

  private void make(List<Exporter> exporters) throws IOException {
    for (Path directory : exporters.stream().flatMap(Layouts::layout).toList()) {
      stores.put(EXPORT, ContentStore.writable(OciLayout.make(directory)));
    }
    for (CacheOptions cache : exports) {
      OciLayout layout = OciLayout.make(directory(cache));
      CacheLock lock = locks.computeIfAbsent(id(cache), unused -> layout.lock());
      stores.put(id(cache), ContentStore.writable(layout, lock));
    }
  }

  private static Stream<Path> layout(Exporter exporter) {
    return exporter instanceof ContainerImageExporter image
        ? image.layout().stream()
        : Stream.empty();
  }

  /** Returns what the daemon reads and writes, by the ids of its stores. */
  Map<String, ContentStore> stores() {
    return stores;
  }

  /** Returns the caches to read, the local ones with the digest of what the daemon is to read there. */
  List<CacheOptions> imports() {
    return imports;
  }

  private Optional<CacheOptions> found(CacheOptions cache) {
    Path directory = directory(cache);
    try {
      OciLayout layout = OciLayout.open(directory);
      String digest = digest(cache, layout);
      if (!layout.has(digest)) {
        throw new IOException("there is no blob " + digest);
      }
      stores.putIfAbsent(id(cache), ContentStore.readable(layout));
      return Optional.of(cache.attr("digest", digest));
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("the cache in {} is not imported: {}", directory, e.getMessage());
      return Optional.empty();
    }
  }

  private static String digest(CacheOptions cache, OciLayout layout) throws IOException {
    String given = cache.attrs().getOrDefault("digest", "");
    if (!given.isEmpty()) {
      return given;
    }
    String tag = tag(cache);
    return layout.images().stream()
        .filter(image -> image.isCalled(tag))
        .map(OciImage::digest)
        .findFirst()
        .orElseThrow(() -> new IOException("its index has no " + tag));
  }

  /** Returns why this side could not write; the daemon only repeats the text. */
  Optional<IOException> failure() {
    return stores.values().stream()
        .map(ContentStore::failure)
        .flatMap(Optional::stream)
        .findFirst();
  }

  /**
   * Names in the indexes what the daemon has written.
   *
   * @throws IOException if that fails, or the daemon did not write what it tells
   */
  void commit(Map<String, String> response) throws IOException {
    String cache = response.getOrDefault("cache.manifest", "");
    if (!cache.isEmpty()) {
      for (CacheOptions export : exports) {
        layout(id(export)).putComplete(cache, OciLabel.tag(tag(export)));
      }
    }
    if (stores.containsKey(EXPORT)) {
      commitImage(response);
    }
    close();
    for (CacheOptions export : exports) {
      CacheLock lock = locks.get(id(export));
      if (lock != null && TRUE.contains(export.attrs().getOrDefault("reset", ""))) {
        reset(layout(id(export)), lock);
      }
    }
  }

  private void commitImage(Map<String, String> response) throws IOException {
    String base64 = response.getOrDefault("containerimage.descriptor", "");
    if (base64.isEmpty()) {
      throw new IOException("the daemon does not tell which image it has exported");
    }
    String descriptor = new String(Base64.getDecoder().decode(base64), UTF_8);
    String names = response.getOrDefault("image.name", "");
    if (names.isEmpty()) {
      layout(EXPORT).put(descriptor, OciLabel.tag(LATEST));
      return;
    }
    for (String name : names.split(",", -1)) {
      layout(EXPORT).put(descriptor, OciLabel.name(name));
    }
  }

  /** What is left over takes space and does no harm. */
  private static void reset(OciLayout layout, CacheLock lock) {
    try {
      lock.alone(layout::removeUnreferenced);
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("the cache in {} keeps blobs that it does not need: {}", layout, e.getMessage());
    }
  }

  /** Lets others remove blobs from the caches again. */
  @Override
  public void close() {
    locks.values().forEach(CacheLock::close);
  }

  private OciLayout layout(String id) {
    ContentStore store = stores.get(id);
    if (store == null) {
      throw new AssertionError("no store " + id);
    }
    return store.layout();
  }

  private static String tag(CacheOptions cache) {
    return cache.attrs().getOrDefault("tag", LATEST);
  }

  private static String id(CacheOptions cache) {
    return LOCAL + StoreName.of(directory(cache));
  }

  private static Path directory(CacheOptions cache) {
    return cache.directory().orElseThrow();
  }
}
