/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.session;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import dev.buildkit.client.internal.session.UploadService;
import io.grpc.ServerServiceDefinition;
import java.io.FilterInputStream;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Streams that the daemon reads during a build as if they were files on the web, such as a build context that comes through a pipe.
 *
 * <pre>{@code
 * Uploads uploads = Uploads.empty().add("context.tar", System.in);
 * SolveRequest.frontend("dockerfile.v0")
 *     .frontendAttr("context", uploads.url("context.tar"))
 *     .attach(uploads)
 *     .build();
 * }</pre>
 *
 * <p>A stream is sent once, so uploads belong to one solve. It is read by a thread of the client, while the daemon takes it, and
 * never closed; a read that blocks keeps its thread beyond the end of the solve.
 *
 * <p>Immutable: each method returns a copy.
 */
public final class Uploads implements Attachable {
  private static final Uploads EMPTY = new Uploads(Map.of());
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

  private final Map<String, Upload> uploads;

  private Uploads(Map<String, Upload> uploads) {
    this.uploads = Collections.unmodifiableMap(uploads);
  }

  /** Returns a set without streams. */
  public static Uploads empty() {
    return EMPTY;
  }

  /**
   * Adds a stream.
   *
   * @param name of letters, digits, {@code .}, {@code _} and {@code -}; the name of the file that a source makes of it
   * @param stream of any length, for one reader
   * @throws IllegalArgumentException if the name has other characters or is taken
   */
  public Uploads add(String name, InputStream stream) {
    requireNonNull(stream, "stream");
    if (!NAME.matcher(requireNonNull(name, "name")).matches()) {
      throw new IllegalArgumentException(
          "upload '" + name + "': the name is for a URL; take letters, digits, '.', '_' and '-'");
    }
    Map<String, Upload> copy = new LinkedHashMap<>(uploads);
    if (copy.put(name, Upload.of(name, stream)) != null) {
      throw new IllegalArgumentException("upload " + name + " is given twice");
    }
    return new Uploads(copy);
  }

  /**
   * Returns where the daemon finds a stream: the URL for an {@code HttpSource}, or for an option of a frontend. It is another one each
   * time that a stream is added, as two builds at a time would take the same URL for the same file.
   *
   * @throws IllegalArgumentException if there is no stream of this name
   */
  public String url(String name) {
    Upload upload = uploads.get(requireNonNull(name, "name"));
    if (upload == null) {
      throw new IllegalArgumentException(
          "upload " + name + " is not there; there are " + uploads.keySet());
    }
    return "http://" + UploadService.HOST + upload.path();
  }

  @Override
  public List<ServerServiceDefinition> services() {
    return List.of(UploadService.of(uploads.values().stream()
        .collect(toMap(
            Upload::path, upload -> Channels.newChannel(new BorrowedStream(upload.stream()))))));
  }

  /** Returns the names. */
  @Override
  public String toString() {
    return "Uploads" + uploads.keySet();
  }

  private record Upload(String path, InputStream stream) {
    static Upload of(String name, InputStream stream) {
      return new Upload("/" + UUID.randomUUID() + "/" + name, stream);
    }
  }

  /** A stream that belongs to the caller. */
  private static final class BorrowedStream extends FilterInputStream {
    BorrowedStream(InputStream stream) {
      super(stream);
    }

    @Override
    public void close() {}
  }
}
