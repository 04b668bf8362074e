/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.session.Secrets;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.llb.GitSource;
import dev.buildkit.llb.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a repository the daemon takes what the source says. */
@IntegrationTest
@Requires({Capability.LOOPBACK, Capability.GIT})
class GitSourceIT {
  @TempDir
  private Path directory;

  private GitServer server;
  private GitRepository repository;
  private String first;

  @BeforeEach
  void serve() throws Exception {
    server = GitServer.start(directory, "");
    repository = GitRepository.init(directory.resolve("app"));
    first = repository.commit("file", "first");
    repository.git("tag", "v1");
    repository.commit("dir/inside", "second");
  }

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void theDefaultBranchIsTaken(BuildKitClient client) throws Exception {
    assertThat(solved(client, app()).names()).containsExactly("dir", "dir/inside", "file");
  }

  @Test
  void aRefIsABranchATagOrACommit(BuildKitClient client) throws Exception {
    assertThat(solved(client, app().ref("master")).names()).contains("dir/inside");
    assertThat(solved(client, app().ref("v1")).names()).containsExactly("file");
    assertThat(solved(client, app().ref("refs/tags/v1")).names()).containsExactly("file");
    assertThat(solved(client, app().ref(first)).names()).containsExactly("file");
    assertThatThrownBy(() -> solved(client, app().ref("none")))
        .isInstanceOf(SolveException.class)
        .hasMessageContaining("none");
  }

  @Test
  @Requires(llb = "source.git.subdir")
  void aDirectoryOfItMayBeTaken(BuildKitClient client) throws Exception {
    assertThat(solved(client, app().subdir("dir")).names()).containsExactly("inside");
  }

  @Test
  void theGitDirectoryIsKeptIfThatIsAskedFor(BuildKitClient client) throws Exception {
    assertThat(solved(client, app().keepGitDir()).text(".git/HEAD")).isNotEmpty();
  }

  /** Daemons before 0.33 always show it, and the others only on demand. */
  @Test
  void adviceOfGitIsShown(BuildKitClient client) throws Exception {
    assertThat(output(client, app().ref("v1").keepGitDir().advice()))
        .contains("git switch -c <new-branch-name>");
  }

  /** Returns what a step says that is run anew. */
  private static String output(BuildKitClient client, GitSource source) throws Exception {
    List<String> output = new CopyOnWriteArrayList<>();
    client.solve(SolveRequest.definition(State.from(source).marshal())
        .progress(status -> status.logs().forEach(log -> output.add(log.message())))
        .build());
    return String.join("", output);
  }

  @Test
  @Requires(llb = "source.git.checksum")
  void theCommitMustBeTheOneThatIsDemanded(BuildKitClient client) throws Exception {
    GitSource tag = app().ref("v1");
    String wrong = "0123456789".repeat(4);

    assertThatThrownBy(() -> solved(client, tag.checksum(wrong)))
        .isInstanceOf(SolveException.class)
        .hasMessageContaining("expected checksum to match " + wrong);
    assertThat(solved(client, tag.checksum(first)).names()).containsExactly("file");
  }

  @Test
  @Requires(llb = "source.git.mtime")
  void filesMayHaveTheTimeOfTheCommit(BuildKitClient client) throws Exception {
    Instant time = Instant.parse(GitRepository.TIME);

    assertThat(solved(client, app().mtimeCommit()).entry("file").modified()).isEqualTo(time);
    assertThat(solved(client, app()).entry("file").modified()).isNotEqualTo(time);
  }

  @Test
  @Requires(llb = "source.git.skipsubmodules")
  void submodulesAreFetchedOrLeftOut(BuildKitClient client) throws Exception {
    GitRepository.init(directory.resolve("library")).commit("code", "of the library");
    repository.git("submodule", "--quiet", "add", server.url("library"), "library");
    repository.commitAll();

    assertThat(solved(client, app()).text("library/code")).isEqualTo("of the library");
    assertThat(solved(client, app().skipSubmodules()).names()).doesNotContain("library/code");
  }

  @Test
  @Requires(llb = "source.git.fetchbycommit")
  void aCommitIsFetchedWithoutAskingWhereTheRefLeads(BuildKitClient client) throws Exception {
    repository.git("tag", "--delete", "v1");
    GitSource gone = app().ref("refs/tags/v1").checksum(first);

    assertThat(solved(client, gone.fetchByCommit()).names()).containsExactly("file");
    assertThatThrownBy(() -> solved(client, gone)).isInstanceOf(SolveException.class);
  }

  /** Of the first commit: BuildKit 0.32 fetches one commit alone and then wants to see its parents. */
  @Test
  @Requires(llb = "source.git.checkoutbundle")
  void aCommitBecomesABundle(BuildKitClient client) throws Exception {
    Solved solved = solved(client, app().ref("v1").checksum(first).checkoutBundle());
    Path bundle =
        Files.write(directory.resolve("bundle"), solved.entry("bundle").content());

    assertThat(solved.names()).containsExactly("bundle");
    assertThat(repository.git("bundle", "list-heads", bundle.toString()))
        .startsWith(first + " refs/");
  }

  @Test
  @Requires(value = Capability.REGISTRY, llb = "source.git.bundle")
  void theHistoryComesFromABundleInARegistry(BuildKitClient client) throws Exception {
    Path bundle = directory.resolve("made.bundle");
    repository.git("bundle", "create", "--quiet", bundle.toString(), "master", "v1");
    String blob = RegistryBlobs.push(Files.readAllBytes(bundle));
    GitSource nowhere = GitSource.of(server.url("gone"));

    assertThat(
            solved(client, nowhere.ref("v1").checksum(first).bundle("docker-image+blob://" + blob))
                .names())
        .containsExactly("file");
  }

  @Test
  void aTokenOpensAClosedRepository(BuildKitClient client) throws Exception {
    String login = Base64.getEncoder().encodeToString("x-access-token:s3cr3t".getBytes(UTF_8));
    try (GitServer closed = GitServer.start(directory, "Basic " + login)) {
      GitSource source = GitSource.of(closed.url("app"));

      assertThatThrownBy(() -> solved(client, source)).isInstanceOf(SolveException.class);
      assertThat(solved(client, source, "GIT_AUTH_TOKEN", "s3cr3t").names()).contains("file");
      assertThat(
              solved(client, source.authTokenSecret("mine"), "mine", "s3cr3t").names())
          .contains("file");
      assertThat(solved(client, source.authHeaderSecret("full"), "full", "Basic " + login)
              .names())
          .contains("file");
    }
  }

  private GitSource app() {
    return GitSource.of(server.url("app"));
  }

  private static Solved solved(BuildKitClient client, GitSource source)
      throws InterruptedException, IOException {
    return Solved.of(client, State.from(source));
  }

  private static Solved solved(BuildKitClient client, GitSource source, String id, String value)
      throws InterruptedException, IOException {
    return Solved.of(
        client,
        SolveRequest.definition(State.from(source).marshal())
            .attach(Secrets.empty().add(id, value)));
  }
}
