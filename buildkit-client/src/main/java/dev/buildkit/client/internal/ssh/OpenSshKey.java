/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.BufferUnderflowException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.KeySpec;
import java.util.Arrays;

/** OpenSSH's own form of a key. Its public half comes first, in the open. */
final class OpenSshKey {
  private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(US_ASCII);
  private static final String NOT_ENCRYPTED = "none";

  private final String cipher;
  private final byte[] publicKey;
  private final byte[] secret;

  private OpenSshKey(String cipher, byte[] publicKey, byte[] secret) {
    this.cipher = cipher;
    this.publicKey = publicKey;
    this.secret = secret;
  }

  static OpenSshKey of(byte[] bytes) throws KeyException {
    try {
      WireReader in = new WireReader(bytes);
      if (!Arrays.equals(in.next(MAGIC.length), MAGIC)) {
        throw new KeyException("it is of no version that is known here");
      }
      String cipher = in.text();
      in.string(); // The name of what makes a key of the passphrase,
      in.string(); // and its options.
      if (in.uint32() != 1) {
        throw new KeyException("it does not hold one key");
      }
      return new OpenSshKey(cipher, in.string(), in.string());
    } catch (BufferUnderflowException e) {
      throw new KeyException("it ends early");
    }
  }

  boolean isEncrypted() {
    return !cipher.equals(NOT_ENCRYPTED);
  }

  /** Returns the key, which must not be encrypted. */
  SshKey key() throws KeyException {
    try {
      WireReader in = new WireReader(secret);
      int check = in.uint32();
      if (in.uint32() != check) {
        throw new KeyException("it is damaged");
      }
      SshKey key = SshKey.of(privateKey(in));
      in.string(); // The comment, for which Go's agent has no use either.
      requirePadding(in.rest());
      if (!Arrays.equals(key.publicKey(), publicKey)) {
        throw new KeyException("its public half is that of another key");
      }
      return key;
    } catch (BufferUnderflowException e) {
      throw new KeyException("it ends early");
    }
  }

  private PrivateKey privateKey(WireReader in) throws KeyException {
    KeyFields fields = KeyFields.of(in.text());
    KeySpec spec = fields.read(in);
    try {
      return KeyFactory.getInstance(fields.algorithm()).generatePrivate(spec);
    } catch (GeneralSecurityException e) {
      throw new KeyException("its numbers are none of a key");
    }
  }

  private static void requirePadding(byte[] padding) throws KeyException {
    for (int i = 0; i < padding.length; i++) {
      if (padding[i] != i + 1) {
        throw new KeyException("it is damaged");
      }
    }
  }
}
