/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.pem;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Decrypts private keys, of PKCS#8 and of the older form that OpenSSL made before. */
public final class KeyPassword {
  /** The older form salts with so much of the initialization vector. */
  private static final int SALT_BYTES = 8;

  private static final Pattern PBES2 =
      Pattern.compile("PBEWith(?<hash>HmacSHA\\d+)AndAES_(?<bits>\\d+)");

  private final char[] password;

  /** Takes a password, which is not copied. */
  public KeyPassword(char[] password) {
    this.password = password;
  }

  /** Returns the PKCS#8 key that is encrypted as PKCS#8 says, by the rules of PBES2. */
  byte[] decryptPkcs8(byte[] encrypted) throws GeneralSecurityException, IOException {
    var info = new EncryptedPrivateKeyInfo(encrypted);
    AlgorithmParameters parameters = info.getAlgParameters();
    // Only their text says what they are made of.
    Matcher scheme = PBES2.matcher(String.valueOf(parameters));
    if (!scheme.matches()) {
      throw new NoSuchAlgorithmException(info.getAlgName());
    }
    PBEParameterSpec spec = parameters.getParameterSpec(PBEParameterSpec.class);
    int bits = Integer.parseInt(scheme.group("bits"));
    // Not by the JDK's decryption in one step, whose passwords are ASCII.
    byte[] key = SecretKeyFactory.getInstance("PBKDF2With" + scheme.group("hash"))
        .generateSecret(new PBEKeySpec(password, spec.getSalt(), spec.getIterationCount(), bits))
        .getEncoded();
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), spec.getParameterSpec());
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
}
