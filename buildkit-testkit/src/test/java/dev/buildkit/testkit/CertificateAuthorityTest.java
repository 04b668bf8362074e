/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.testkit.CertificateAuthority.Identity;
import java.io.ByteArrayInputStream;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The certificates, as the JDK's own parser and validator see them. */
class CertificateAuthorityTest {
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

  private final CertificateAuthority authority = new CertificateAuthority();

  @Test
  void theAuthoritySignsItselfAndMaySignOthers() throws Exception {
    X509Certificate certificate = parse(authority.certificate());
    certificate.verify(certificate.getPublicKey());
    assertThat(certificate.getVersion()).isEqualTo(3);
    assertThat(certificate.getBasicConstraints()).isEqualTo(Integer.MAX_VALUE);
    assertThat(certificate.getKeyUsage())
        .containsExactly(false, false, false, false, false, true, false, false, false);
  }

  @Test
  void aServerIsKnownByItsNamesAndAddresses() throws Exception {
    X509Certificate certificate =
        parse(authority.server("buildkitd.example.com", "127.0.0.1", "::1").certificate());
    assertThat(certificate.getExtendedKeyUsage()).containsExactly(SERVER_AUTH);
    assertThat(certificate.getSubjectAlternativeNames())
        .containsExactlyInAnyOrder(
            List.of(2, "buildkitd.example.com"),
            List.of(7, "127.0.0.1"),
            List.of(7, "0:0:0:0:0:0:0:1"));
  }

  @Test
  void bothEndsAreTrustedThroughTheAuthorityAndNoOther() throws Exception {
    for (Identity identity : List.of(authority.server("localhost"), authority.client())) {
      validate(identity, authority);
      assertThatThrownBy(() -> validate(identity, new CertificateAuthority()))
          .isInstanceOf(CertPathValidatorException.class);
    }
    assertThat(parse(authority.client().certificate()).getExtendedKeyUsage())
        .containsExactly(CLIENT_AUTH);
  }

  @Test
  void keysBelongToTheirCertificates() throws Exception {
    Identity client = authority.client();
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(KeyFactory.getInstance("EC")
        .generatePrivate(new PKCS8EncodedKeySpec(content(client.key()))));
    signature.update("text".getBytes(US_ASCII));
    byte[] signed = signature.sign();

    signature.initVerify(parse(client.certificate()));
    signature.update("text".getBytes(US_ASCII));
    assertThat(signature.verify(signed)).isTrue();
  }

  @Test
  void noKeyIsInTheText() {
    Identity client = authority.client();
    assertThat(client.toString()).doesNotContain(client.key()).doesNotContain("PRIVATE");
  }

  @Test
  void whatLooksLikeAnAddressAndIsNoneIsRefused() {
    assertThatThrownBy(() -> authority.server("300.1.1.1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("make a certificate: no IP address: 300.1.1.1");
  }

  private static void validate(Identity identity, CertificateAuthority authority) throws Exception {
    PKIXParameters parameters =
        new PKIXParameters(Set.of(new TrustAnchor(parse(authority.certificate()), null)));
    parameters.setRevocationEnabled(false);
    CertPathValidator.getInstance("PKIX")
        .validate(
            CertificateFactory.getInstance("X.509")
                .generateCertPath(List.of(parse(identity.certificate()))),
            parameters);
  }

  private static X509Certificate parse(String pem) throws Exception {
    return (X509Certificate) CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(pem.getBytes(US_ASCII)));
  }

  private static byte[] content(String pem) {
    return Base64.getMimeDecoder().decode(pem.replaceAll("-----.*-----", ""));
  }
}
