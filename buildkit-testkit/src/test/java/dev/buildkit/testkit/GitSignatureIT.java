/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.llb.GitSignature;
import dev.buildkit.llb.GitSource;
import dev.buildkit.llb.State;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits and tags must be signed by the key that is demanded. */
@IntegrationTest
@Requires(
    value = {Capability.LOOPBACK, Capability.GIT},
    llb = "source.git.signatureverify")
class GitSignatureIT {
  @TempDir
  private Path directory;

  private GitServer server;
  private GitRepository repository;
  private Path key;

  @BeforeEach
  void serve() throws Exception {
    server = GitServer.start(directory, "");
    repository = GitRepository.init(directory.resolve("app"));
    repository.commit("file", "");
    key = makeKey("key");
  }

  @AfterEach
  void end() {
    server.close();
  }

  private Path makeKey(String name) {
    Path file = directory.resolve(name);
    Command.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString())
        .orFail();
    return file;
  }

  @Test
  void aCommitIsSignedByTheKey(BuildKitClient client) throws Exception {
    repository.commit("file", "signed", "--gpg-sign=" + key);

    assertThat(files(client, "master", by(key)).text("file")).isEqualTo("signed");
    assertRefused(client, "master", by(makeKey("other")), "verify ssh signature");
  }

  @Test
  void whatIsNotSignedIsRefused(BuildKitClient client) throws Exception {
    repository.git("tag", "--annotate", "--message=1", "v1");

    assertRefused(client, "master", by(key), "not signed");
    assertRefused(client, "refs/tags/v1", by(key), "not signed");
  }

  @Test
  void aSignedTagIsEnoughUnlessItIsIgnored(BuildKitClient client) throws Exception {
    repository.git("tag", "--sign", "--local-user=" + key, "--message=1", "v1");

    assertThat(files(client, "refs/tags/v1", by(key)).names()).containsExactly("file");
    assertThat(files(client, "refs/tags/v1", by(key).requireSignedTag()).names())
        .containsExactly("file");
    assertRefused(client, "refs/tags/v1", by(key).ignoreSignedTag(), "not signed");
  }

  @Test
  void aSignedCommitIsEnoughUnlessATagIsRequired(BuildKitClient client) throws Exception {
    repository.commit("file", "signed", "--gpg-sign=" + key);
    repository.git("tag", "v1");

    assertThat(files(client, "refs/tags/v1", by(key).ignoreSignedTag()).names())
        .containsExactly("file");
    assertRefused(client, "refs/tags/v1", by(key).requireSignedTag(), "no signed tag found");
  }

  @Test
  void openPgpKeysSignToo(BuildKitClient client) throws Exception {
    fetchCommitsOfOpenPgpKeys();
    GitSignature signer = GitSignature.by(resource("signer.asc"));
    GitSignature expired = GitSignature.by(resource("expired.asc"));

    assertThat(files(client, "signed", signer.rejectExpired()).text("file")).isEqualTo("signed\n");
    assertRefused(client, "signed", expired, "signature");
    assertThat(files(client, "expired", expired).text("file")).isEqualTo("expired\n");
    assertRefused(client, "expired", expired.rejectExpired(), "expired");
  }

  /**
   * Adds two branches, {@code signed} by a key without end and {@code expired} by one that had a day, which have been made with
   * {@code gpg --quick-generate-key}, {@code git commit --gpg-sign} and {@code git bundle}.
   */
  private void fetchCommitsOfOpenPgpKeys() throws Exception {
    Path bundle = directory.resolve("signed.bundle");
    try (InputStream in = open("signed.bundle")) {
      Files.copy(in, bundle);
    }
    repository.git("fetch", "--quiet", bundle.toString(), "signed:signed", "expired:expired");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = open(name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static InputStream open(String name) {
    return requireNonNull(GitSignatureIT.class.getResourceAsStream("git/" + name));
  }

  private static GitSignature by(Path key) throws Exception {
    return GitSignature.by(Files.readString(Path.of(key + ".pub")));
  }

  private Solved files(BuildKitClient client, String ref, GitSignature signature) throws Exception {
    return Solved.of(
        client, State.from(GitSource.of(server.url("app")).ref(ref).verifySignature(signature)));
  }

  private void assertRefused(
      BuildKitClient client, String ref, GitSignature signature, String words) {
    assertThatThrownBy(() -> files(client, ref, signature))
        .isInstanceOf(SolveException.class)
        .hasMessageContaining(words);
  }
}
