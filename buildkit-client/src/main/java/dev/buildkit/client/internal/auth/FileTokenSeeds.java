/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.buildkit.client.internal.docker.AuthConfig;
import dev.buildkit.client.internal.json.JsonObject;
import dev.buildkit.client.internal.json.StrictJson;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seeds in the file that BuildKit's other clients use, in Docker's configuration directory. Where that
 * cannot be read or written, the seeds live as long as this object: all that is lost is the reuse of
 * tokens.
 */
public final class FileTokenSeeds implements TokenSeeds {
  private static final Logger LOG = LoggerFactory.getLogger(FileTokenSeeds.class);
  private static final String FILE = ".token_seed";
  private static final String SEED = "Seed";

  /** The JDK locks files for the whole process, so that its threads have to queue by themselves. */
  private static final Object THREADS = new Object();

  private final Path directory;
  private final Map<String, String> seeds = new TreeMap<>();

  /** Creates the seeds of a configuration directory, which is made when it is first needed. */
  public FileTokenSeeds(Path directory) {
    this.directory = directory;
  }

  @Override
  public byte[] seed(String host, AuthConfig login) {
    synchronized (THREADS) {
      try {
        share(host);
      } catch (IOException e) {
        LOG.debug("cannot keep token seeds in {}", directory, e);
      }
      return Base64.getDecoder().decode(seeds.computeIfAbsent(host, unknown -> random()));
    }
  }

  private void share(String host) throws IOException {
    read();
    if (seeds.containsKey(host)) {
      return;
    }
    Files.createDirectories(directory);
    try (FileChannel channel = FileChannel.open(directory.resolve(FILE + ".lock"), CREATE, WRITE)) {
      var unused = channel.lock(); // Closing the channel releases it.
      read();
      seeds.putIfAbsent(host, random());
      write();
    }
  }

  private void read() throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      return;
    }
    try {
      StrictJson.parse(new String(Files.readAllBytes(file), UTF_8))
          .objects()
          .forEach((host, entry) -> seeds.put(host, checked(entry.text(SEED))));
    } catch (IllegalArgumentException e) {
      LOG.debug("replacing {}, which {}", file, e.getMessage());
    }
  }

  /** Renamed into place, so that others never see half a file; temporary files have mode 0600. */
  private void write() throws IOException {
    JsonObject file = new JsonObject();
    new TreeMap<>(seeds)
        .forEach((host, seed) -> file.put(host, JsonObject.ofTexts(Map.of(SEED, seed))));
    Path partial = Files.createTempFile(directory, FILE, ".tmp");
    try {
      Files.writeString(partial, file.toLines());
      Files.move(partial, directory.resolve(FILE), ATOMIC_MOVE, REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static String checked(String seed) {
    if (Base64.getDecoder().decode(seed).length == 0) {
      throw new IllegalArgumentException("has an empty seed");
    }
    return seed;
  }

  private static String random() {
    byte[] seed = new byte[LENGTH];
    new SecureRandom().nextBytes(seed);
    return Base64.getEncoder().encodeToString(seed);
  }
}
