/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.docker;

import static java.util.concurrent.CompletableFuture.runAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the helpers of the test are shell scripts")
class HelperProgramTest {
  private static final String TRY = "; try it by hand: echo ghcr.io | docker-credential-test get";
  private static final String ASKED =
      "ask the credential helper docker-credential-test for ghcr.io: ";

  @TempDir
  private Path directory;

  @Test
  void theHelperIsToldTheRegistryAndAnswers() throws IOException {
    write("""
        test "$1" = get || exit 9
        printf '{"ServerURL":"%s","Username":"me","Secret":"pw"}' "$(cat)" | tee "$0.answer"
        """);

    assertThat(helper().get("ghcr.io")).contains(AuthConfig.password("me", "pw"));
    assertThat(directory.resolve("docker-credential-test.answer"))
        .hasContent("{\"ServerURL\":\"ghcr.io\",\"Username\":\"me\",\"Secret\":\"pw\"}");
  }

  @Test
  void theTokenUserStandsForAnIdentityToken() throws IOException {
    write("echo '{\"Username\":\"<token>\",\"Secret\":\"id\"}'");

    assertThat(helper().get("ghcr.io")).contains(new AuthConfig("", "", "id", ""));
  }

  @Test
  void theHelperGetsTheEnvironment() throws IOException {
    write("echo \"{\\\"Username\\\":\\\"$ME\\\",\\\"Secret\\\":\\\"${HOME-none}\\\"}\"");

    assertThat(helper().get("ghcr.io")).contains(AuthConfig.password("ada", "none"));
  }

  @Test
  void absenceIsNoFailure() throws IOException {
    write("echo 'credentials not found in native keychain'; exit 1");

    assertThat(helper().get("ghcr.io")).isEmpty();
  }

  @Test
  void aMissingHelperIsNamedWithTheRemedy() {
    assertThatThrownBy(() -> helper().get("ghcr.io"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(ASKED + "there is no such program; install it, or remove it from Docker's"
            + " config.json" + TRY);
  }

  @Test
  void aHelperIsNamedAndNotGivenByPath() throws IOException {
    Path elsewhere = Files.createDirectory(directory.resolve("docker-credential-x"));
    Script.write(directory, "evil", "echo '{}'");

    assertThat(elsewhere).exists();
    assertThatThrownBy(() -> new HelperProgram("x/../evil", environment()).get("ghcr.io"))
        .hasMessageContaining("there is no such program");
  }

  @Test
  void aFailingHelperSaysWhy() throws IOException {
    write("echo 'the keychain is locked'; exit 2");

    assertThatThrownBy(() -> helper().get("ghcr.io"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(ASKED + "it ended with exit code 2: the keychain is locked" + TRY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo '{\"Username\":\"me\",\"Secret\":\"s3cr3t\"}'; exit 1",
        "echo 's3cr3t' >&2; exit 1",
        "echo 's3cr3t is no JSON'",
        "echo '{\"Secret\":[\"s3cr3t\"]}'",
        "echo 'the'; echo 'Secret is s3cr3t'; exit 1"
      })
  void noFailureTellsASecret(String script) throws IOException {
    write(script);

    Throwable failure = catchThrowable(() -> helper().get("ghcr.io"));

    assertThat(failure)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(ASKED)
        .hasNoCause();
    assertThat(failure.getMessage()).doesNotContain("s3cr3t");
  }

  @Test
  void aHelperThatIgnoresItsInputIsFine() throws IOException {
    write("exec <&-; echo '{\"Username\":\"me\",\"Secret\":\"pw\"}'");

    assertThat(helper().get("ghcr.io")).isPresent();
  }

  @Test
  void endlessOutputIsCutOff() throws IOException {
    write("exec yes");

    assertThatThrownBy(() -> helper().get("ghcr.io"))
        .hasMessage(ASKED + "it said more than 262144 bytes" + TRY);
  }

  @Test
  void aHelperThatHangsIsKilledWithItsChildren() throws IOException {
    write("sleep 600 & echo $! > \"$0.pid\"; wait");

    assertThatThrownBy(
            () -> new HelperProgram("test", environment(), Duration.ofSeconds(10)).get("ghcr.io"))
        .hasMessage(ASKED + "it did not end within 10 seconds" + TRY);
    await().until(() -> !runs(directory.resolve("docker-credential-test.pid")));
  }

  @Test
  void aChildThatHoldsThePipeDoesNotHoldUp() throws IOException {
    write("sleep 600 & echo '{\"Username\":\"me\",\"Secret\":\"pw\"}'");

    assertThat(helper().get("ghcr.io")).isPresent();
  }

  @Test
  void anInterruptEndsTheHelper() throws Exception {
    write("echo $$ > \"$0.pid\"; exec sleep 600");
    Path pid = directory.resolve("docker-credential-test.pid");
    CompletableFuture<Thread> asking = new CompletableFuture<>();
    CompletableFuture<Void> asked = runAsync(() -> {
      asking.complete(Thread.currentThread());
      var unused = helper().get("ghcr.io");
    });
    await().until(() -> Files.exists(pid) && Files.size(pid) > 0);

    asking.get().interrupt();

    assertThatThrownBy(asked::get)
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining(ASKED + "interrupted while it ran");
    await().until(() -> !runs(pid));
  }

  private void write(String script) throws IOException {
    var unused = Script.write(directory, "docker-credential-test", script);
  }

  private HelperProgram helper() {
    return new HelperProgram("test", environment());
  }

  private Map<String, String> environment() {
    return Map.of("PATH", directory + ":" + System.getenv("PATH"), "ME", "ada");
  }

  /** Orphans that ended are there, without a program, until somebody asks for their exit code. */
  private static boolean runs(Path pid) throws IOException {
    String number = Files.readString(pid).strip();
    return ProcessHandle.of(Long.parseLong(number))
        .filter(ProcessHandle::isAlive)
        .flatMap(process -> process.info().command())
        .isPresent();
  }
}
