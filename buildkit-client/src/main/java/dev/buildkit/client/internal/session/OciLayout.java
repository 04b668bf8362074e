/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import dev.buildkit.client.internal.json.StrictJson;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A directory in the form of an OCI image layout, of which only the index and the blobs are read. */
public final class OciLayout {
  private static final String MARKER = "oci-layout";
  private static final String INDEX = "index.json";
  private static final int MAX_INDEX_BYTES = 4 << 20;

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
    if (!Files.isRegularFile(absolute.resolve(MARKER))) {
      throw new FileNotFoundException(absolute + " is no OCI image layout: it has no file " + MARKER
          + "; unpack the tar file of an oci export there");
    }
    return new OciLayout(absolute.toRealPath());
  }

  /**
   * Returns the images that the index names, in its order.
   *
   * @throws IOException if the index cannot be read; the message says why
   */
  public List<OciImage> images() throws IOException {
    Path index = directory.resolve(INDEX);
    try (var in = Files.newInputStream(index)) {
      String text = new String(in.readNBytes(MAX_INDEX_BYTES), StandardCharsets.UTF_8);
      return StrictJson.parse(text).objectList("manifests").stream()
          .map(OciImage::of)
          .toList();
    } catch (NoSuchFileException e) {
      throw new IOException(directory + " has no " + INDEX, e);
    } catch (IllegalArgumentException e) {
      throw new IOException(index + " " + e.getMessage(), e);
    }
  }

  /**
   * Returns the file of a blob, which is within the layout also after all links.
   *
   * @throws IllegalArgumentException if the digest is none
   * @throws NoSuchFileException if there is no such blob
   * @throws IOException if it is no file of the layout
   */
  Path blob(String digest) throws IOException {
    if (!DIGEST.matcher(digest).matches()) {
      throw new IllegalArgumentException("'" + digest + "' is no digest");
    }
    Path file = directory.resolve("blobs").resolve(digest.replace(':', File.separatorChar));
    if (!Files.exists(file)) {
      throw new NoSuchFileException(digest + " is not in the OCI layout " + directory);
    }
    Path real = file.toRealPath();
    if (!real.startsWith(directory) || !Files.isRegularFile(real)) {
      throw new IOException("blob " + digest + " is no file within the OCI layout " + directory);
    }
    return real;
  }

  /** Returns the digests of all blobs. */
  List<String> digests() throws IOException {
    Path blobs = directory.resolve("blobs");
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
