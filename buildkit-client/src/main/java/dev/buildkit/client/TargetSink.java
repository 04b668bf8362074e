/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import dev.buildkit.client.export.ExportTarget;
import dev.buildkit.client.internal.session.ByteSink;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Map;

/** A target, which may be a user's, as the session's services see it. */
record TargetSink(ExportTarget target) implements ByteSink {
  @Override
  public WritableByteChannel open(Map<String, String> response) throws IOException {
    return target.open(response);
  }

  @Override
  public boolean commitsLast() {
    return target instanceof ByteSink own && own.commitsLast();
  }

  @Override
  public void commit() throws IOException {
    target.commit();
  }

  @Override
  public void discard() {
    target.discard();
  }
}
