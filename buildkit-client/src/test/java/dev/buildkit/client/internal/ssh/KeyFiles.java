/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.ssh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** The keys beside this class, which the script there made. */
public final class KeyFiles {
  /** All that SSH has use for; their public halves are in files with the names before the first point. */
  public static final List<String> GOOD = List.of(
      "ed25519.openssh",
      "ed25519-of-openssl.pkcs8",
      "rsa.openssh",
      "rsa.pem",
      "rsa.pkcs8",
      "rsa1024.openssh",
      "nistp256.openssh",
      "nistp256.pem",
      "nistp256.pkcs8",
      "nistp256.half.pem",
      "nistp384.openssh",
      "nistp384.pem",
      "nistp384.pkcs8",
      "nistp384.half.pem",
      "nistp521.openssh",
      "nistp521.pem",
      "nistp521.pkcs8",
      "nistp521.half.pem");

  /** Returns a text. */
  public static String text(String name) {
    try (InputStream in = Objects.requireNonNull(KeyFiles.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      throw new AssertionError(name, e);
    }
  }

  /** Returns the public half of a key. */
  public static byte[] publicKey(String name) {
    String line = text(name.substring(0, name.indexOf('.')) + ".pub");
    return Base64.getDecoder().decode(line.strip().split(" ", 3)[1]);
  }

  private KeyFiles() {}
}
