/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.ssh;

import dev.buildkit.client.internal.pem.PemBlock;
import dev.buildkit.client.internal.pem.PemText;
import dev.buildkit.client.internal.pem.PrivateKeys;
import java.nio.file.Path;
import java.util.Optional;

/** A file with a private key, in any of the forms that {@code ssh-keygen} and {@code openssl} write. */
public final class KeyFile {
  /**
   * Reads the first key of a file.
   *
   * @param name what the file is, for errors
   * @throws IllegalArgumentException if there is none that SSH has use for, or it has a passphrase
   */
  public static SshKey read(String name, Path file) {
    return in(PemText.read(name, file));
  }

  static SshKey in(PemText pem) {
    PemBlock block = pem.privateKey()
        .orElseThrow(() -> pem.invalid(
            "it holds no private key",
            "give the file that 'ssh-keygen' wrote beside the one that ends with .pub"));
    try {
      return switch (block.label()) {
        case "OPENSSH PRIVATE KEY" -> openSsh(pem, block);
        case "DSA PRIVATE KEY" -> throw KeyFields.unknown();
        default -> older(pem, block);
      };
    } catch (KeyException e) {
      throw pem.invalid(
          "its " + block.label() + " cannot be used: " + e.getMessage(),
          "give a key that 'ssh-keygen' made, of Ed25519, of RSA, or of ECDSA");
    }
  }

  private static SshKey openSsh(PemText pem, PemBlock block) throws KeyException {
    OpenSshKey key = OpenSshKey.of(block.bytes());
    if (key.isEncrypted()) {
      throw passphrase(pem);
    }
    return key.key();
  }

  private static SshKey older(PemText pem, PemBlock block) throws KeyException {
    if (block.isEncrypted()) {
      throw passphrase(pem);
    }
    return SshKey.of(PrivateKeys.in(pem, Optional.empty()));
  }

  private static IllegalArgumentException passphrase(PemText pem) {
    return pem.invalid(
        "the key has a passphrase",
        "add it to an agent with 'ssh-add', and that agent's socket with SshAgents.addAgent");
  }

  private KeyFile() {}
}
