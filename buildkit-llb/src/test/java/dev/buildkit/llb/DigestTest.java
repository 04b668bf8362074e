/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import nl.jqno.equalsverifier.EqualsVerifier;
import org.junit.jupiter.api.Test;

class DigestTest {
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void contentIsHashedWithSha256() {
    Digest digest = Digest.sha256("abc".getBytes(StandardCharsets.UTF_8));

    assertThat(digest).hasToString("sha256:" + ABC);
    assertThat(digest.algorithm()).isEqualTo("sha256");
    assertThat(digest.hex()).isEqualTo(ABC);
  }

  @Test
  void parsingIsTheInverseOfToString() {
    for (String text :
        new String[] {"sha256:" + ABC, "sha384:" + "0".repeat(96), "sha512:" + "f".repeat(128)}) {
      assertThat(Digest.parse(text)).hasToString(text);
    }
  }

  @Test
  void otherTextIsRefused() {
    assertRefused(
        () -> Digest.parse(ABC),
        "parse digest \"" + ABC + "\": it has no algorithm; write it as algorithm:hex, such as"
            + " sha256:2c26b4…");
    assertRefused(
        () -> Digest.parse("md5:00"),
        "parse digest \"md5:00\": unsupported digest algorithm; use sha256, sha384 or sha512");
    assertRefused(
        () -> Digest.parse("sha256:00"),
        "parse digest \"sha256:00\": invalid checksum digest length; it needs 64 hex digits");
    assertRefused(
        () -> Digest.parse("sha256:" + "A".repeat(64)),
        "parse digest \"sha256:" + "A".repeat(64) + "\": invalid checksum digest format; use the"
            + " digits 0-9 and a-f only");
  }

  @Test
  void digestsAreEqualIfTheirTextIs() {
    EqualsVerifier.forClass(Digest.class).withNonnullFields("text").verify();
  }
}
