/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.flag;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.buildkit.examples.buildctl.gotext.GoQuote;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Go's words for what is most often wrong with a key. */
final class SshKeyProblem {
  /** Go reads no more. */
  private static final int MAX_BYTES = 100 * 1024;

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([^-\\n]*)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  private static final String OPENSSH = "OPENSSH PRIVATE KEY";
  private static final Set<String> TYPES =
      Set.of("RSA PRIVATE KEY", "PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY", OPENSSH);

  private static final String UNENCRYPTED = "openssh-key-v1\0\0\0\0\4none";
  private static final String PASSPHRASE = "ssh: this private key is passphrase protected";

  /** Returns what Go says of a file, if it is one of the problems that have its words here. */
  static Optional<String> of(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return of(new String(in.readNBytes(MAX_BYTES), ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> of(String text) {
    Matcher block = BLOCK.matcher(text);
    if (!block.find()) {
      return Optional.of("ssh: no key found");
    }
    String type = block.group(1);
    if (!TYPES.contains(type)) {
      return Optional.of("ssh: unsupported key type " + GoQuote.quote(type));
    }
    boolean encrypted = type.equals(OPENSSH)
        ? !opened(block.group(2)).startsWith(UNENCRYPTED)
        : block.group(2).contains("Proc-Type: 4,ENCRYPTED");
    return encrypted ? Optional.of(PASSPHRASE) : Optional.empty();
  }

  private static String opened(String base64) {
    return new String(Base64.getMimeDecoder().decode(base64), ISO_8859_1);
  }

  private SshKeyProblem() {}
}
