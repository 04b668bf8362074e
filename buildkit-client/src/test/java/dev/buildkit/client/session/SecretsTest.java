/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
  @TempDir
  Path directory;

  @Test
  void valuesAreFoundById() {
    Secrets secrets = Secrets.empty().add("text", "wörd").add("bytes", new byte[] {0, (byte) 0xff});

    assertThat(secrets.find("text")).contains("wörd".getBytes(UTF_8));
    assertThat(secrets.find("bytes")).contains(new byte[] {0, (byte) 0xff});
    assertThat(secrets.find("other")).isEmpty();
  }

  @Test
  void addLeavesTheOriginalAlone() {
    Secrets one = Secrets.empty().add("a", "1");

    assertThat(one.add("b", "2").find("b")).isPresent();
    assertThat(one.find("b")).isEmpty();
  }

  @Test
  void changesToTheGivenArrayDoNotShow() {
    byte[] value = {1};
    Secrets secrets = Secrets.empty().add("a", value);
    value[0] = 2;

    assertThat(secrets.find("a")).contains(new byte[] {1});
  }

  @Test
  void filesAreReadAnewEachTime() throws IOException {
    Path file = Files.writeString(directory.resolve("token"), "old");
    Secrets secrets = Secrets.empty().addFile("token", file);
    Files.writeString(file, "new");

    assertThat(secrets.find("token")).contains("new".getBytes(UTF_8));
  }

  @Test
  void missingFileIsRefusedAtOnce() {
    Path missing = directory.resolve("missing");

    assertThatThrownBy(() -> Secrets.empty().addFile("token", missing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "secret token: no readable file: " + missing + "; create it or correct the path");
  }

  @Test
  void unsetVariableIsRefusedAtOnce() {
    assertThatThrownBy(() -> Secrets.empty().addEnv("token", "BUILDKIT_TEST_UNSET"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("secret token: environment variable BUILDKIT_TEST_UNSET is not set");
  }

  @Test
  void variablesAreRead() {
    assertThat(Secrets.empty().addEnv("path", "PATH").find("path"))
        .contains(System.getenv("PATH").getBytes(UTF_8));
  }

  @Test
  void tooLargeValuesAreRefused() throws IOException {
    byte[] tooLarge = new byte[Secrets.MAX_BYTES + 1];
    Path file = Files.write(directory.resolve("large"), tooLarge);

    assertThatThrownBy(() -> Secrets.empty().add("large", tooLarge))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("secret large has more than 512000 bytes, the most that BuildKit takes");
    assertThatThrownBy(() -> Secrets.empty().addFile("large", file).find("large"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Secrets.from(id -> Optional.of(tooLarge)).find("large"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Secrets.empty().add("fits", new byte[Secrets.MAX_BYTES]).find("fits"))
        .isPresent();
  }

  @Test
  void idsAreGivenOnce() {
    assertThatThrownBy(() -> Secrets.empty().add("a", "1").add("a", "2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("secret a is given twice");
    assertThatThrownBy(() -> Secrets.empty().add("", "1"))
        .hasMessage("secret id must not be empty");
  }

  @Test
  void lookupAnswersWhatWasNotAdded() {
    Secrets secrets = Secrets.from(id -> Optional.of(id.getBytes(UTF_8))).add("own", "value");

    assertThat(secrets.find("own")).contains("value".getBytes(UTF_8));
    assertThat(secrets.find("other")).contains("other".getBytes(UTF_8));
  }

  @Test
  void toStringShowsNoValue() {
    assertThat(Secrets.empty().add("token", "s3cr3t")).hasToString("Secrets[token]");
  }
}
