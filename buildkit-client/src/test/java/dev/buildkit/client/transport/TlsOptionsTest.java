/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsOptionsTest {
  private static final Path FILES = files();
  private static final Path CA = FILES.resolve("rsa.crt");
  private static final char[] PASSWORD = "pässword".toCharArray();

  @TempDir
  private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rsa.pkcs8",
        "rsa.pkcs1",
        "prime256v1.pkcs8",
        "prime256v1.sec1",
        "secp384r1.pkcs8",
        "secp384r1.sec1",
        "secp521r1.pkcs8",
        "secp521r1.sec1",
        "ed25519.pkcs8"
      })
  void takesKeysInAllForms(String name) throws IOException {
    TlsOptions options = TlsOptions.trusting(CA).clientCertificate(certificate(name), key(name));

    assertThat(options.sslContext().getProtocol()).isEqualTo("TLS");
    assertThat(options)
        .hasToString("TlsOptions[trust=[CN=rsa], clientCertificate=CN=" + kind(name) + "]")
        .isEqualTo(TlsOptions.trustingPem(Files.readString(CA))
            .clientCertificatePem(
                Files.readString(certificate(name)), Files.readString(key(name))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rsa.pkcs8-aes256",
        "rsa.pkcs8-aes128",
        "rsa.pkcs1-aes128",
        "rsa.pkcs1-aes192",
        "rsa.pkcs1-aes256",
        "rsa.pkcs1-des3",
        "prime256v1.sec1-aes256"
      })
  void decryptsKeys(String name) {
    assertThat(TlsOptions.systemRoots().clientCertificate(certificate(name), key(name), PASSWORD))
        .hasToString("TlsOptions[trust=[system roots], clientCertificate=CN=" + kind(name) + "]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsOptions.systemRoots()
            .clientCertificate(certificate(name), key(name), "wrong".toCharArray()))
        .withMessage("client key " + key(name)
            + ": the password does not fit; give the password of the key");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsOptions.systemRoots().clientCertificate(certificate(name), key(name)))
        .withMessage("client key " + key(name)
            + ": the key is encrypted, and there is no password; give its password");
  }

  @Test
  void decryptsKeysWhoseLinesEndAsOnWindows() throws IOException {
    String name = "rsa.pkcs1-aes128";
    Path key = Files.writeString(
        directory.resolve("key"), Files.readString(key(name)).replace("\n", "\r\n"));

    assertThat(TlsOptions.systemRoots().clientCertificate(certificate(name), key, PASSWORD))
        .asString()
        .endsWith("clientCertificate=CN=rsa]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa.pkcs8-scrypt", "rsa.pkcs1-camellia256"})
  void saysHowToConvertKeysThatTheJdkCannotDecrypt(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            TlsOptions.systemRoots().clientCertificate(certificate(name), key(name), PASSWORD))
        .withMessage("client key " + key(name)
            + ": the key is encrypted in a way that this JDK does not know; convert it with"
            + " 'openssl pkcs8 -topk8 -v2 aes-256-cbc -in KEY -out key.pem'");
  }

  @Test
  void refusesKeysThatCannotSign() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> TlsOptions.systemRoots().clientCertificate(CA, FILES.resolve("x25519.pkcs8.key")))
        .withMessage("client key " + FILES.resolve("x25519.pkcs8.key")
            + ": its PRIVATE KEY is damaged, or of a kind or curve that this JDK does not know;"
            + " make a key of RSA, of EC with P-256, P-384 or P-521, or of Ed25519");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa.pkcs1", "prime256v1.pkcs8", "ed25519.pkcs8"})
  void refusesAKeyOfAnotherCertificate(String name) {
    Path other = FILES.resolve("secp384r1.crt");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsOptions.systemRoots().clientCertificate(other, key(name)))
        .withMessage("client key " + key(name)
            + ": it is not the key of the first certificate in client certificate " + other
            + "; give the certificate and the key that were made together");
  }

  @Test
  void saysWhichFileIsMissing() {
    Path missing = directory.resolve("ca.pem");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsOptions.trusting(missing))
        .withMessage("CA certificate " + missing + ": there is no such file; correct the path");
  }

  @Test
  void saysWhichFileCannotBeRead() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsOptions.trusting(directory))
        .withMessage(
            "CA certificate " + directory + ": it cannot be read; make it readable for this user");
  }

  @Test
  void saysWhatIsNoPem() {
    Path der = FILES.resolve("rsa.der");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsOptions.trusting(der))
        .withMessage("CA certificate " + der + ": it holds no PEM certificate; it must have a"
            + " -----BEGIN CERTIFICATE----- line;"
            + " 'openssl x509 -inform der -in FILE' makes PEM of DER");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsOptions.systemRoots().clientCertificate(CA, CA))
        .withMessage("client key " + CA + ": it holds no PEM private key;"
            + " it must have a -----BEGIN PRIVATE KEY----- line");
  }

  @Test
  void damageShowsNothingOfTheKey() throws IOException {
    String key = Files.readString(key("rsa.pkcs8"));

    for (String damaged : new String[] {key.replace("M", "*"), key.replaceAll("(?m)^.{64}$", "")}) {
      assertThatThrownBy(
              () -> TlsOptions.systemRoots().clientCertificatePem(Files.readString(CA), damaged))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("client key: ")
          .hasNoCause();
    }
  }

  @Test
  void refusesCutCertificates() throws IOException {
    String cut = Files.readString(CA).replaceFirst("(?s)\\R[^-]{200}", "\n");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsOptions.trustingPem(cut))
        .withMessage("CA certificate: a certificate in it is damaged; write the file again");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ca.pem cert.pem key.pem", "ca.crt tls.crt tls.key"})
  void takesADirectory(String names) throws IOException {
    String[] name = names.split(" ", -1);
    Files.copy(CA, directory.resolve(name[0]));
    Files.copy(certificate("rsa"), directory.resolve(name[1]));
    Files.copy(key("rsa.pkcs1"), directory.resolve(name[2]));

    assertThat(TlsOptions.directory(directory))
        .isEqualTo(TlsOptions.trusting(CA).clientCertificate(certificate("rsa"), key("rsa.pkcs8")));
  }

  @Test
  void saysWhatADirectoryLacks() throws IOException {
    Files.copy(CA, directory.resolve("ca.pem"));
    Files.copy(CA, directory.resolve("cert.pem"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsOptions.directory(directory))
        .withMessage(
            "TLS directory " + directory + ": there is no client key; name it key.pem or tls.key");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsOptions.directory(directory.resolve("none")))
        .withMessage("TLS directory " + directory.resolve("none")
            + ": there is no such directory; correct the path");
  }

  @Test
  void takesManyAuthoritiesAndSystemRoots() throws IOException {
    Path bundle = directory.resolve("bundle.pem");
    Files.writeString(
        bundle,
        "some text\n"
            + Stream.of("rsa.crt", "ed25519.crt", "rsa.pkcs8.key")
                .map(name -> read(FILES.resolve(name)))
                .reduce("", String::concat));

    assertThat(TlsOptions.trusting(bundle).addSystemRoots().serverName("b"))
        .hasToString("TlsOptions[trust=[CN=rsa, CN=ed25519, system roots], serverName=b]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "https://a", "a:1"})
  void refusesWhatIsNoServerName(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsOptions.systemRoots().serverName(name))
        .withMessage("server name '" + name + "': it is no host name and no IP address;"
            + " give the name that the certificate has");
  }

  @Test
  void isAValue() {
    TlsOptions options = TlsOptions.trusting(CA);

    assertThat(options)
        .isEqualTo(TlsOptions.trusting(CA))
        .hasSameHashCodeAs(TlsOptions.trusting(CA))
        .isNotEqualTo(TlsOptions.insecure())
        .isNotEqualTo(options.addSystemRoots())
        .isNotEqualTo(options.serverName("a"))
        .isNotEqualTo(options.clientCertificate(CA, key("rsa.pkcs8")));
    assertThat(TlsOptions.insecure()).hasToString("TlsOptions[trust=anyone]");
  }

  private static Path certificate(String keyName) {
    return FILES.resolve(kind(keyName) + ".crt");
  }

  private static Path key(String name) {
    return FILES.resolve(name + ".key");
  }

  private static String kind(String keyName) {
    return keyName.replaceFirst("\\..*", "");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, US_ASCII);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Path files() {
    try {
      return Path.of(TlsOptionsTest.class.getResource("tls").toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
