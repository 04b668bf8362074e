/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.export;

import static java.util.Objects.requireNonNull;

import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.internal.channel.ImageLoad;
import dev.buildkit.client.transport.DockerTransport;
import dev.buildkit.client.transport.Transport;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The image store of a Docker Engine, as the target of images that another BuildKit builds. They are streamed into it, with a
 * fixed number of bytes in memory, as {@code docker load} would; no {@code docker} command is needed.
 *
 * <pre>{@code
 * Exporter.docker(DockerImageStore.here()).addName("app:1.0")
 * }</pre>
 *
 * <p>The engine has the image only after the whole solve succeeded: the last bytes are held back until then. One solve at a time
 * may use an object of this class.
 */
public final class DockerImageStore implements ExportTarget {
  private final DockerTransport engine;
  private final AtomicReference<@Nullable ImageLoad> loading = new AtomicReference<>();

  private DockerImageStore(DockerTransport engine) {
    this.engine = engine;
  }

  /** Returns the store of the engine that Docker's own tools would use here, which {@link Transport#docker()} finds. */
  public static DockerImageStore here() {
    return of(Transport.docker());
  }

  /**
   * Returns the store of an engine.
   *
   * @param engine of a {@code docker-container} transport it is the engine that counts
   */
  public static DockerImageStore of(DockerTransport engine) {
    return new DockerImageStore(requireNonNull(engine, "engine"));
  }

  /**
   * Connects to the engine.
   *
   * @throws IOException if it does not answer, or another solve is using this object
   */
  @Override
  public WritableByteChannel open(Map<String, String> response) throws IOException {
    ImageLoad load = begin();
    if (!loading.compareAndSet(null, load)) {
      load.abort();
      throw new IOException("another solve is loading an image; make a store for each");
    }
    return load;
  }

  @Override
  public void commit() throws IOException {
    ImageLoad load = loading.getAndSet(null);
    if (load != null) {
      load.finish();
    }
  }

  @Override
  public void discard() {
    ImageLoad load = loading.getAndSet(null);
    if (load != null) {
      load.abort();
    }
  }

  @Override
  public String toString() {
    return "the image store of " + engine;
  }

  private ImageLoad begin() throws IOException {
    try {
      return ImageLoad.begin(engine.engine());
    } catch (BuildKitException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
