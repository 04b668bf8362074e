/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** Signs the tokens that docker-registry takes: JSON web tokens with the signer's certificate in them. */
final class TestJwt {
  private final TestCertificate certificate;

  TestJwt(TestCertificate certificate) {
    this.certificate = certificate;
  }

  /**
   * Returns a token for a minute.
   *
   * @param scopes such as {@code repository:app:pull,push}
   */
  String sign(String issuer, String subject, String audience, List<String> scopes) {
    long now = Instant.now().getEpochSecond();
    String claims = """
        {"iss": "%s", "sub": "%s", "aud": "%s", "nbf": %d, "iat": %d, "exp": %d, "jti": "%s", "access": [%s]}
        """.formatted(
            issuer,
            subject,
            audience,
            now - 60,
            now,
            now + 60,
            UUID.randomUUID(),
            scopes.stream().map(TestJwt::access).collect(joining(", ")));
    try {
      String content = base64(header()) + "." + base64(claims);
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(certificate.key());
      signature.update(content.getBytes(UTF_8));
      return content + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private String header() throws GeneralSecurityException {
    byte[] der = certificate.certificate().getEncoded();
    return "{\"typ\": \"JWT\", \"alg\": \"RS256\", \"x5c\": [\""
        + Base64.getEncoder().encodeToString(der) + "\"]}";
  }

  private static String access(String scope) {
    String[] parts = scope.split(":", -1);
    String actions =
        List.of(parts[2].split(",", -1)).stream().map(a -> "\"" + a + "\"").collect(joining(", "));
    return "{\"type\": \"%s\", \"name\": \"%s\", \"actions\": [%s]}"
        .formatted(parts[0], parts[1], actions);
  }

  private static String base64(String text) {
    return base64(text.getBytes(UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
