/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class GitSourceTest {
  @TestFactory
  Stream<DynamicTest> addressesAreReadAsInTheGoClient() {
    return Stream.concat(
        rows("gitref.json", "cases")
            .map(row -> DynamicTest.dynamicTest(row.get("url").toString(), () -> checkParse(row))),
        rows("wire_names.json", "git_urls")
            .map(row -> DynamicTest.dynamicTest(row.get("in").toString(), () -> checkName(row))));
  }

  private static Stream<JsonNode> rows(String file, String key) {
    return StreamSupport.stream(Vector.read(file).get(key).spliterator(), false);
  }

  private static void checkParse(JsonNode row) {
    JsonNode expected = row.get("parseURL");
    check(row.get("url").asText(), expected);
    if (expected.has("opts")) {
      GitUrl url = GitUrl.parse(row.get("url").asText());
      String ref = expected.get("opts").get("ref").asText();
      String subdir = expected.get("opts").get("subdir").asText();
      String fragment = subdir.isEmpty() ? ref : ref + ":" + subdir;
      assertThat(GitSource.of(url.remote(), url.fragment()))
          .hasToString("git://" + url.repository() + "#" + fragment);
    }
  }

  private static void checkName(JsonNode row) {
    check(row.get("in").asText(), row);
  }

  private static void check(String text, JsonNode expected) {
    boolean unknown = expected.path("error").asText().equals("unknown protocol");
    if (unknown && !text.isEmpty() && !text.startsWith("/")) {
      // Neither a URL nor short ssh: taken for https, as the Go client does next.
      assertThat(GitUrl.parse(text).scheme()).isEqualTo("https");
    } else if (expected.has("error")) {
      assertThatIllegalArgumentException().isThrownBy(() -> GitUrl.parse(text));
    } else {
      GitUrl url = GitUrl.parse(text);
      assertThat(url.scheme()).isEqualTo(expected.get("scheme").asText());
      assertThat(url.host()).isEqualTo(expected.get("host").asText());
      assertThat(url.path()).isEqualTo(expected.get("path").asText());
      assertThat(url.remote()).isEqualTo(expected.get("remote").asText());
    }
  }

  @Test
  void theFragmentOfTheAddressSaysWhatToTake() {
    assertThat(GitSource.of("https://h/r.git#v1:a/../b")).hasToString("git://h/r.git#v1:b");
    assertThat(GitSource.of("https://h/r.git#v1", "")).hasToString("git://h/r.git");
  }

  /** Daemons that do not know it ignore it, and so it demands nothing of them. */
  @Test
  void adviceIsAnAttributeWithoutCapability() {
    GitSource git = GitSource.of("https://h/r");

    assertThat(git.advice().attrs.values())
        .containsEntry("git.advice", "true")
        .hasSize(git.attrs.values().size() + 1);
    assertThat(git.advice().attrs.caps()).isEqualTo(git.attrs.caps());
  }

  @Test
  void badAddressesAreRefused() {
    assertRefused(
        () -> GitSource.of(""), "git source: url is empty; give the address of a repository");
    assertRefused(
        () -> GitSource.of("ftp://x/y"),
        "parse git url \"ftp://x/y\": invalid protocol ftp; use https, http, ssh or git");
    assertRefused(
        () -> GitSource.of("https:///x"),
        "parse git url \"https:///x\": it has no valid host; write https://host/path");
    assertRefused(
        () -> GitSource.of("https://h/%zz"),
        "parse git url \"https://h/%zz\": \"/%zz\" has a % without two hex digits; write % as %25");
    assertRefused(
        () -> GitSource.of("https://h/r?ref=main"),
        "git source \"https://h/r?ref=main\": the query ?ref=main is not read; use ref(), subdir()"
            + " and the like");
  }

  @Test
  void optionsThatExcludeEachOtherAreRefused() {
    GitSource git = GitSource.of("https://h/r");

    assertRefused(
        () -> State.from(git.checkoutBundle().keepGitDir()),
        "git://h/r: a bundle has no files; leave out keepGitDir() and subdir()");
    assertRefused(
        () -> State.from(git.checkoutBundle().subdir("d")),
        "git://h/r#:d: a bundle has no files; leave out keepGitDir() and subdir()");
    assertRefused(
        () -> State.from(git.bundle("docker-image+blob://x")),
        "git://h/r: a bundle does not say which commit to take; name it with checksum()");
    assertRefused(
        () -> git.checksum(""), "git source: checksum is empty; give the hash of a commit");
    assertRefused(() -> git.bundle(""), "git source: bundle is empty; give the locator of a blob");
  }
}
