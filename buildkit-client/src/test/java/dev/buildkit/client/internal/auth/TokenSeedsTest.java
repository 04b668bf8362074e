/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.auth;

import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.client.internal.docker.AuthConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TokenSeedsTest {
  private static final AuthConfig LOGIN = AuthConfig.password("me", "pw");

  @TempDir
  private Path directory;

  @Test
  void seedsOfAFileAreTheSameForAllWhoUseIt() {
    byte[] seed = seed("ghcr.io");

    assertThat(seed).hasSize(TokenSeeds.LENGTH).isEqualTo(seed("ghcr.io"));
    assertThat(seed("quay.io")).isNotEqualTo(seed);
    assertThat(seed("ghcr.io")).isEqualTo(seed);
  }

  @Test
  void seedsOfOtherClientsAreUsed() throws IOException {
    Files.writeString(file(), "{\"ghcr.io\": {\"Seed\": \"oKGio6SlpqeoqaqrrK2urw==\"}}");

    assertThat(seed("ghcr.io")).isEqualTo(Base64.getDecoder().decode("oKGio6SlpqeoqaqrrK2urw=="));
    var unused = seed("quay.io");
    assertThat(file()).content().contains("oKGio6SlpqeoqaqrrK2urw==", "quay.io");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no modes")
  void onlyTheUserMayReadTheFile() throws IOException {
    var unused = seed("ghcr.io");

    assertThat(Files.getPosixFilePermissions(file())).containsOnly(OWNER_READ, OWNER_WRITE);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files)
          .extracting(file -> file.getFileName().toString())
          .containsExactlyInAnyOrder(".token_seed", ".token_seed.lock");
    }
  }

  @Test
  void aDamagedFileIsReplaced() throws IOException {
    for (String damaged :
        List.of("{\"ghcr", "[]", "{\"ghcr.io\": 1}", "{\"a\": {\"Seed\": \"!\"}}")) {
      Files.writeString(file(), damaged);

      assertThat(seed("ghcr.io")).isEqualTo(seed("ghcr.io")).hasSize(TokenSeeds.LENGTH);
    }
  }

  @Test
  void whereNothingCanBeWrittenSeedsLastAsLongAsTheirOwner() throws IOException {
    Path noDirectory = Files.createFile(directory.resolve("file"));
    FileTokenSeeds seeds = new FileTokenSeeds(noDirectory);

    assertThat(seeds.seed("ghcr.io", LOGIN)).isEqualTo(seeds.seed("ghcr.io", LOGIN));
    assertThat(noDirectory).isEmptyFile();
  }

  @Test
  void threadsAgreeOnASeed() {
    assertThat(IntStream.range(0, 50)
            .parallel()
            .mapToObj(i -> Base64.getEncoder().encodeToString(seed("ghcr.io")))
            .distinct())
        .hasSize(1);
  }

  @Test
  void seedsInMemoryDependOnTheCredentials() {
    TokenSeeds seeds = new MemoryTokenSeeds();
    byte[] seed = seeds.seed("ghcr.io", LOGIN);

    assertThat(seed).hasSize(TokenSeeds.LENGTH).isEqualTo(seeds.seed("ghcr.io", LOGIN));
    assertThat(seeds.seed("ghcr.io", AuthConfig.password("me", "other"))).isNotEqualTo(seed);
    assertThat(seeds.seed("quay.io", LOGIN)).isNotEqualTo(seed);
    assertThat(new MemoryTokenSeeds().seed("ghcr.io", LOGIN)).isNotEqualTo(seed);
  }

  private byte[] seed(String host) {
    return new FileTokenSeeds(directory).seed(host, LOGIN);
  }

  private Path file() {
    return directory.resolve(".token_seed");
  }
}
