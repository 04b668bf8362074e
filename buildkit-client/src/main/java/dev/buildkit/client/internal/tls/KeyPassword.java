/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** Decrypts private keys, of PKCS#8 and of the older form that OpenSSL made before. */
final class KeyPassword {
  /** The older form salts with so much of the initialization vector. */
  private static final int SALT_BYTES = 8;

  private final char[] password;

  KeyPassword(char[] password) {
    this.password = password;
  }

  /** Returns the PKCS#8 key that is encrypted as PKCS#8 says. */
  byte[] decryptPkcs8(byte[] encrypted) throws GeneralSecurityException, IOException {
    var info = new EncryptedPrivateKeyInfo(encrypted);
    SecretKey key =
        SecretKeyFactory.getInstance(scheme(info)).generateSecret(new PBEKeySpec(password));
    Cipher cipher = Cipher.getInstance(scheme(info));
    cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
    return cipher.doFinal(info.getEncryptedData());
  }

  /**
   * Returns the key that a block with a {@code DEK-Info} header holds.
   *
   * @param info the cipher and its initialization vector: {@code AES-256-CBC,0123…}
   */
  byte[] decryptLegacy(String info, byte[] encrypted) throws GeneralSecurityException {
    String[] cipherAndIv = info.split(",", 2);
    byte[] iv = HexFormat.of().parseHex(cipherAndIv.length < 2 ? "" : cipherAndIv[1].strip());
    LegacyCipher legacy = LegacyCipher.named(cipherAndIv[0]);
    Cipher cipher = Cipher.getInstance(legacy.algorithm() + "/CBC/PKCS5Padding");
    var key = new SecretKeySpec(derive(iv, legacy.keyBytes()), legacy.algorithm());
    cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(iv));
    return cipher.doFinal(encrypted);
  }

  /** OpenSSL's own derivation: hashes of the hash before, the password and the salt. */
  private byte[] derive(byte[] iv, int bytes) throws GeneralSecurityException {
    ByteBuffer encoded = UTF_8.encode(CharBuffer.wrap(password));
    byte[] secret = new byte[encoded.remaining()];
    encoded.get(secret);
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    ByteBuffer key = ByteBuffer.allocate(bytes + md5.getDigestLength());
    byte[] last = {};
    while (key.position() < bytes) {
      md5.update(last);
      md5.update(secret);
      last = md5.digest(Arrays.copyOf(iv, SALT_BYTES));
      key.put(last);
    }
    return Arrays.copyOf(key.array(), bytes);
  }

  /** Of PBES2 only the parameters say what it is made of, in their text form. */
  private static String scheme(EncryptedPrivateKeyInfo info) {
    String name = info.getAlgName();
    boolean modern = name.equals("PBES2") || name.equals("1.2.840.113549.1.5.13");
    return modern ? info.getAlgParameters().toString() : name;
  }
}
