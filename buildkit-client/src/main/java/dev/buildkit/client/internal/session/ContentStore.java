/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import java.io.IOException;
import java.util.Optional;

/**
 * An OCI layout as the daemon sees it.
 *
 * @param ingests what writes to it; empty if it is only read
 */
public record ContentStore(OciLayout layout, Optional<Ingests> ingests) {
  /** Returns a store that the daemon may read. */
  public static ContentStore readable(OciLayout layout) {
    return new ContentStore(layout, Optional.empty());
  }

  /** Returns why a blob could not be stored, if that was so; the daemon only repeats the text. */
  public Optional<IOException> failure() {
    return ingests.flatMap(Ingests::failure);
  }

  /** Returns a store that the daemon may also add blobs to. */
  public static ContentStore writable(OciLayout layout) {
    return new ContentStore(layout, Optional.of(new Ingests(layout, Optional.empty())));
  }

  /** Returns a store that the daemon may also add blobs to, which takes a lock before the first one. */
  public static ContentStore writable(OciLayout layout, CacheLock lock) {
    return new ContentStore(layout, Optional.of(new Ingests(layout, Optional.of(lock))));
  }
}
