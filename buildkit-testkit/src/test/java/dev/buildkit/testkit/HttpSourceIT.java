/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.session.Secrets;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.llb.Digest;
import dev.buildkit.llb.HttpSource;
import dev.buildkit.llb.State;
import java.io.InputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files are downloaded as the source says. */
@IntegrationTest
@Requires(Capability.LOOPBACK)
class HttpSourceIT {
  private FileServer server;
  private String url;

  @BeforeEach
  void serve() throws Exception {
    server = FileServer.start();
    url = server.put("/dir/file.txt", "content");
  }

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void aFileHasTheNameOfItsUrlAndBelongsToRoot(BuildKitClient client) throws Exception {
    Solved solved = solved(client, HttpSource.of(url));

    assertThat(solved.names()).containsExactly("file.txt");
    assertThat(solved.text("file.txt")).isEqualTo("content");
    assertThat(solved.entry("file.txt").mode()).isEqualTo("0600");
    assertThat(solved.entry("file.txt").owner()).isEqualTo("0:0");
  }

  @Test
  void nameModeAndOwnerAreSet(BuildKitClient client) throws Exception {
    Solved solved =
        solved(client, HttpSource.of(url).filename("other").chmod(0755).chown(7, 8));

    assertThat(solved.names()).containsExactly("other");
    assertThat(solved.entry("other").mode()).isEqualTo("0755");
    assertThat(solved.entry("other").owner()).isEqualTo("7:8");
  }

  @Test
  void aDigestMustBeRight(BuildKitClient client) throws Exception {
    Digest right = Digest.sha256("content".getBytes(UTF_8));
    Digest wrong = Digest.sha256("other content".getBytes(UTF_8));

    assertThat(solved(client, HttpSource.of(url).checksum(right)).text("file.txt"))
        .isEqualTo("content");
    assertThatThrownBy(() -> solved(client, HttpSource.of(url).checksum(wrong)))
        .isInstanceOf(SolveException.class)
        .hasMessageContaining(wrong.toString());
  }

  @Test
  void aFileThatIsMissingIsNamed(BuildKitClient client) {
    assertThatThrownBy(() -> solved(client, HttpSource.of(server.url() + "/none")))
        .isInstanceOf(SolveException.class)
        .hasMessageContaining("404");
  }

  @Test
  @Requires(llb = "source.http.header")
  void headersAreSent(BuildKitClient client) throws Exception {
    solved(client, HttpSource.of(url).accept("text/x-test").userAgent("a test"));

    assertThat(server.headers("Accept")).contains("text/x-test");
    assertThat(server.headers("User-Agent")).contains("a test");
  }

  @Test
  @Requires(llb = "source.http.auth")
  void aSecretIsSentAsAuthorization(BuildKitClient client) throws Exception {
    State state = State.from(HttpSource.of(url).authHeaderSecret("login"));
    Solved.of(
        client,
        SolveRequest.definition(state.marshal())
            .attach(Secrets.empty().add("login", "Bearer of the test")));

    assertThat(server.headers("Authorization")).contains("Bearer of the test");
  }

  @Test
  @Requires(llb = "source.http.signatureverify")
  void aSignatureMustBeThatOfTheKey(BuildKitClient client) throws Exception {
    String signature = resource("content.sig");
    HttpSource right = HttpSource.of(url).verifyPgpSignature(resource("signer.asc"), signature);
    HttpSource wrong = HttpSource.of(url).verifyPgpSignature(resource("other.asc"), signature);

    assertThat(solved(client, right).text("file.txt")).isEqualTo("content");
    assertThatThrownBy(() -> solved(client, wrong))
        .isInstanceOf(SolveException.class)
        .hasMessageContaining("signature");
  }

  /** Two keys of {@code gpg --quick-generate-key} and a signature of the content by the first. */
  private static String resource(String name) throws Exception {
    try (InputStream in = requireNonNull(HttpSourceIT.class.getResourceAsStream("pgp/" + name))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static Solved solved(BuildKitClient client, HttpSource source) throws Exception {
    return Solved.of(client, State.from(source));
  }
}
