/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.internal.pem.PemText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {
  private static final byte[] DATA = "what is signed".getBytes(UTF_8);

  @TempDir
  private Path directory;

  private static SshKey key(String name) {
    return KeyFile.in(PemText.of("key", KeyFiles.text(name)));
  }

  @ParameterizedTest
  @FieldSource("dev.buildkit.client.internal.ssh.KeyFiles#GOOD")
  void takesKeysInAllForms(String name) throws GeneralSecurityException {
    SshKey key = key(name);
    byte[] publicKey = KeyFiles.publicKey(name);

    assertThat(key.publicKey()).isEqualTo(publicKey);
    String type = new WireReader(publicKey).text();
    assertThat(SignatureCheck.algorithm(publicKey, DATA, key.sign(DATA, 0))).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa.openssh", "rsa.pem"})
  void takesLinesThatEndAsOnWindows(String name) {
    String text = KeyFiles.text(name).replace("\n", "\r\n");

    assertThat(KeyFile.in(PemText.of("key", text)).publicKey()).isEqualTo(KeyFiles.publicKey(name));
  }

  @ParameterizedTest
  @CsvSource({"2, rsa-sha2-256", "4, rsa-sha2-512"})
  void flagsChooseTheHashOfRsaAlone(int flags, String algorithm) throws GeneralSecurityException {
    byte[] signature = key("rsa.pem").sign(DATA, flags);
    byte[] other = key("ed25519.openssh").sign(DATA, flags);

    assertThat(SignatureCheck.algorithm(KeyFiles.publicKey("rsa.pem"), DATA, signature))
        .isEqualTo(algorithm);
    assertThat(SignatureCheck.algorithm(KeyFiles.publicKey("ed25519.openssh"), DATA, other))
        .isEqualTo("ssh-ed25519");
  }

  @Test
  void noOtherHashTakesThePlaceOfOneThatIsNotKnown() {
    assertThatThrownBy(() -> key("rsa.openssh").sign(DATA, 6))
        .isInstanceOf(InvalidAlgorithmParameterException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"passphrase-ed25519.openssh", "passphrase-rsa.pem", "passphrase-rsa.pkcs8"})
  void keysWithAPassphraseAreForAnAgent(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> key(name))
        .withMessage("key: the key has a passphrase; add it to an agent with 'ssh-add', and that"
            + " agent's socket with SshAgents.addAgent");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dsa.openssh | OPENSSH PRIVATE KEY | only keys of RSA, ECDSA and Ed25519 can be used here",
        "dsa.pem | DSA PRIVATE KEY | only keys of RSA, ECDSA and Ed25519 can be used here",
        "small.pkcs8 | PRIVATE KEY | it has 768 bits, and SSH wants 1024 at least",
        "pss.pkcs8 | PRIVATE KEY | it is for RSASSA-PSS, which SSH does not have",
        "ed448.pkcs8 | PRIVATE KEY | SSH has no keys on its curve"
      })
  void saysWhyAKeyCannotBeUsed(String name, String label, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> key(name))
        .withMessage("key: its " + label + " cannot be used: " + why
            + "; give a key that 'ssh-keygen' made, of Ed25519, of RSA, or of ECDSA");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp256k1.pem", "secp224r1.pem"})
  void refusesWhatThisJdkOrSshDoesNotKnow(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> key(name)).withMessageStartingWith("key");
  }

  @Test
  void namesTheFileAndSaysWhatToGiveInsteadOfThePublicKey() throws Exception {
    Path file = Files.writeString(directory.resolve("id.pub"), KeyFiles.text("rsa.pub"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyFile.read("SSH key", file))
        .withMessage("SSH key " + file + ": it holds no private key; give the file that"
            + " 'ssh-keygen' wrote beside the one that ends with .pub");
  }

  @Test
  void showsNothingOfAKey() {
    for (String name : KeyFiles.GOOD) {
      SshKey key = key(name);
      assertThat(key)
          .hasToString(
              key.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(key)));
    }
  }
}
