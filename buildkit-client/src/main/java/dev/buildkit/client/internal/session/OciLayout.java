/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import dev.buildkit.client.internal.fsutil.HiddenNames;
import dev.buildkit.client.internal.json.StrictJson;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A directory in the form of an OCI image layout: an index, and blobs under their digests. */
public final class OciLayout {
  private static final String BLOBS = "blobs";

  /** The algorithms of the OCI specification, with the lengths of their digests. */
  private static final Pattern DIGEST = Pattern.compile("sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128}");

  private final Path directory;

  private OciLayout(Path directory) {
    this.directory = directory;
  }

  /**
   * Returns the layout in a directory.
   *
   * @throws IOException if there is none; the message says why
   */
  public static OciLayout open(Path directory) throws IOException {
    Path absolute = directory.toAbsolutePath();
    if (!Files.isDirectory(absolute)) {
      throw new FileNotFoundException("there is no directory " + absolute + "; correct the path");
    }
    if (!Files.isRegularFile(absolute.resolve(OciIndexFile.MARKER))) {
      throw new FileNotFoundException(absolute + " is no OCI image layout: it has no file "
          + OciIndexFile.MARKER
          + "; unpack the tar file of an oci export there");
    }
    return new OciLayout(absolute.toRealPath());
  }

  /**
   * Returns the layout in a directory, which is made if it is missing. It becomes a layout with its first image.
   *
   * @throws IOException if it cannot be made
   */
  public static OciLayout make(Path directory) throws IOException {
    Files.createDirectories(directory);
    return new OciLayout(directory.toRealPath());
  }

  /** Returns the lock of the cache in this layout, without taking it. */
  public CacheLock lock() {
    return CacheLock.of(directory);
  }

  /**
   * Names an image in the index, in place of another one of that name.
   *
   * @param descriptor of the image's manifest or index, as JSON
   * @param label what it is called
   * @throws IOException if the layout has no such manifest, or the index cannot be read or written
   */
  public void put(String descriptor, OciLabel label) throws IOException {
    OciIndexFile.of(directory).put(checked(descriptor), label);
  }

  /**
   * Names a cache in the index, in place of another one of that name, when all that it leads to is there.
   *
   * @param descriptor of the cache's manifest, as JSON
   * @param label what it is called
   * @throws IOException if the layout lacks something, or the index cannot be read or written
   */
  public void putComplete(String descriptor, OciLabel label) throws IOException {
    StrictJson manifest = parsed(descriptor);
    requireBlob(manifest.text("digest"));
    for (String digest : LayoutSweep.reached(this, List.of(manifest))) {
      requireBlob(digest);
    }
    OciIndexFile.of(directory).put(manifest, label);
  }

  private void requireBlob(String digest) throws IOException {
    if (!has(digest)) {
      throw new IOException("the OCI layout " + directory + " lacks the blob " + digest
          + " of the cache; another program removed it, or the solve exports several local caches in different formats;"
          + " export the cache again in a solve of its own");
    }
  }

  private StrictJson checked(String descriptor) throws IOException {
    StrictJson json = parsed(descriptor);
    if (!has(json.text("digest"))) {
      throw new IOException("the daemon tells of an image " + json.text("digest")
          + " that is not in the OCI layout " + directory
          + "; where several exporters make images, solve once for each");
    }
    return json;
  }

  private static StrictJson parsed(String descriptor) throws IOException {
    try {
      return StrictJson.parse(descriptor);
    } catch (IllegalArgumentException e) {
      throw new IOException("the daemon's descriptor " + e.getMessage(), e);
    }
  }

  /**
   * Returns the images that the index names, in its order.
   *
   * @throws IOException if the index cannot be read; the message says why
   */
  public List<OciImage> images() throws IOException {
    return OciIndexFile.of(directory).read().stream().map(OciImage::of).toList();
  }

  /**
   * Returns the file of a blob, which is within the layout also after all links.
   *
   * @throws IllegalArgumentException if the digest is none
   * @throws NoSuchFileException if there is no such blob
   * @throws IOException if it is no file of the layout
   */
  Path blob(String digest) throws IOException {
    Path file = nominal(digest);
    if (!Files.exists(file)) {
      throw new NoSuchFileException(digest + " is not in the OCI layout " + directory);
    }
    Path real = file.toRealPath();
    if (!real.startsWith(directory) || !Files.isRegularFile(real)) {
      throw new IOException("blob " + digest + " is no file within the OCI layout " + directory);
    }
    return real;
  }

  /**
   * Deletes the blobs that the index does not lead to; nobody else may write to the layout meanwhile, see {@link CacheLock#alone}.
   *
   * @throws IOException if the index or a manifest cannot be read, before anything is deleted, or if a blob cannot be deleted
   */
  public void removeUnreferenced() throws IOException {
    Set<String> kept = LayoutSweep.reached(this, OciIndexFile.of(directory).read());
    for (String digest : digests()) {
      if (!kept.contains(digest)) {
        Files.delete(blob(digest));
      }
    }
  }

  /**
   * Returns whether there is a blob of this digest.
   *
   * @throws IllegalArgumentException if the digest is none
   */
  public boolean has(String digest) throws IOException {
    return Files.exists(nominal(digest)) && Files.isRegularFile(blob(digest));
  }

  /** Returns where a new blob belongs, in a directory that is within the layout also after all links. */
  Path placeOf(String digest) throws IOException {
    Path file = directory.relativize(nominal(digest));
    return within(directory.resolve(file.subpath(0, 2))).resolve(file.getFileName());
  }

  /** Returns the name of a new file, from which a blob can be made by renaming it. */
  Path hiddenFile() throws IOException {
    return HiddenNames.in(within(directory.resolve(BLOBS)));
  }

  private Path within(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path real = folder.toRealPath();
    if (!real.startsWith(directory)) {
      throw new IOException(folder + " leads out of the OCI layout " + directory);
    }
    return real;
  }

  private Path nominal(String digest) {
    if (!DIGEST.matcher(digest).matches()) {
      throw new IllegalArgumentException("'" + digest + "' is no digest");
    }
    return directory.resolve(BLOBS).resolve(digest.replace(':', File.separatorChar));
  }

  /** Returns the digests of all blobs. */
  List<String> digests() throws IOException {
    Path blobs = directory.resolve(BLOBS);
    if (!Files.isDirectory(blobs)) {
      return List.of();
    }
    try (Stream<Path> files = Files.find(blobs, 2, (path, is) -> is.isRegularFile())) {
      return files
          .map(path -> blobs.relativize(path).toString().replace(File.separatorChar, ':'))
          .filter(digest -> DIGEST.matcher(digest).matches())
          .toList();
    }
  }

  @Override
  public String toString() {
    return directory.toString();
  }
}
