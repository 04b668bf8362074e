/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.buildkit.client.internal.fsutil.HiddenNames;
import dev.buildkit.client.internal.json.JsonObject;
import dev.buildkit.client.internal.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The files of an OCI layout that make a directory of blobs one: {@code oci-layout} and {@code index.json}. */
record OciIndexFile(Path layout, Path marker, Path index) {
  static final String MARKER = "oci-layout";

  private static final String INDEX = "index.json";
  private static final int MAX_BYTES = 4 << 20;
  private static final String INDEX_TYPE = "application/vnd.oci.image.index.v1+json";

  /**
   * Returns the files of a layout.
   *
   * @param layout the real path of its directory
   */
  static OciIndexFile of(Path layout) {
    return new OciIndexFile(layout, layout.resolve(MARKER), layout.resolve(INDEX));
  }

  /**
   * Returns the descriptors in the index.
   *
   * @throws IOException if it cannot be read; the message says why
   */
  List<StrictJson> read() throws IOException {
    try {
      return parse().objectList("manifests");
    } catch (NoSuchFileException e) {
      throw new IOException(index.getParent() + " has no " + INDEX, e);
    } catch (IllegalArgumentException e) {
      throw wrong(e);
    }
  }

  /** Adds a descriptor in place of others with its label, and keeps all else that the index has. */
  void put(StrictJson descriptor, OciLabel label) throws IOException {
    LayoutTurn turn = LayoutTurn.take(layout);
    try (FileChannel file = FileChannel.open(
        marker, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      // Until the file is closed. Other programs on the JDK also take it.
      var unused = file.lock();
      GoIndexLock lock = GoIndexLock.take(index);
      try {
        if (file.size() == 0) {
          writeMarker(file);
        }
        replace(with(descriptor, label).toString());
      } finally {
        lock.close();
      }
    } finally {
      turn.close();
    }
  }

  private static void writeMarker(FileChannel file) throws IOException {
    ByteBuffer text = UTF_8.encode("{\"imageLayoutVersion\":\"1.0.0\"}");
    while (text.hasRemaining()) {
      var unused = file.write(text);
    }
  }

  private JsonObject with(StrictJson descriptor, OciLabel label) throws IOException {
    try {
      StrictJson before = Files.exists(index) ? parse() : StrictJson.parse("");
      List<JsonObject> manifests = new ArrayList<>();
      for (StrictJson other : before.objectList("manifests")) {
        if (!label.isOf(other)) {
          manifests.add(other.toObject());
        }
      }
      manifests.add(label.on(descriptor));
      JsonObject after = before.toObject();
      if (before.number("schemaVersion").isEmpty()) {
        after = after.putAlways("schemaVersion", 2);
      }
      if (before.text("mediaType").isEmpty()) {
        after = after.put("mediaType", INDEX_TYPE);
      }
      return after.putObjects("manifests", manifests);
    } catch (IllegalArgumentException e) {
      throw wrong(e);
    }
  }

  private StrictJson parse() throws IOException {
    try (InputStream in = Files.newInputStream(index)) {
      byte[] text = in.readNBytes(MAX_BYTES + 1);
      if (text.length > MAX_BYTES) {
        throw new IOException(index + " is larger than " + MAX_BYTES + " bytes");
      }
      return StrictJson.parse(new String(text, UTF_8));
    }
  }

  private void replace(String text) throws IOException {
    Path partial = HiddenNames.beside(index);
    try {
      Files.writeString(partial, text, StandardOpenOption.CREATE_NEW);
      Files.move(partial, index, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private IOException wrong(IllegalArgumentException cause) {
    return new IOException(index + " " + cause.getMessage(), cause);
  }
}
