/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.ssh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.fail;

import dev.buildkit.client.internal.pem.PemText;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Files that are not as they were written: there is a key and it is the one of the file, or an exception that tells. */
class DamagedKeyTest {
  private static final String NUMBER = "nistp384.pem";
  private static final String[] KEYS = {
    "ed25519.openssh", "nistp256.openssh", "rsa1024.openssh", "rsa.pkcs8", NUMBER
  };

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(KEYS);
  }

  @Property(tries = 300)
  void damagedBytesMakeNoOtherKey(
      @ForAll("names") String name,
      @ForAll @IntRange(max = 100_000) int place,
      @ForAll @Size(min = 1, max = 4) byte[] damage) {
    byte[] bytes = bytes(name);
    System.arraycopy(damage, 0, bytes, place % (bytes.length - damage.length), damage.length);

    requireKeyOrExplanation(name, bytes);
  }

  @Property(tries = 100)
  void bytesOfNoKindAreExplained(@ForAll("names") String name, @ForAll byte[] bytes) {
    assertThatIllegalArgumentException().isThrownBy(() -> read(name, bytes));
  }

  /** To allocate so much is an error: no array can be so long. */
  @Test
  void sizesAreNotBelieved() {
    for (String name : KEYS) {
      byte[] whole = bytes(name);
      for (int i = 0; i <= whole.length - Integer.BYTES; i++) {
        byte[] bytes = whole.clone();
        ByteBuffer.wrap(bytes).putInt(i, Integer.MAX_VALUE);
        requireKeyOrExplanation(name, bytes);
      }
    }
  }

  @Test
  void nothingOfAKeyMayBeMissing() {
    for (String name : KEYS) {
      byte[] whole = bytes(name);
      for (int length = 0; length < whole.length; length++) {
        byte[] bytes = Arrays.copyOf(whole, length);
        try {
          // OpenSSH's form ends with bytes that only fill up, but their number is in what comes
          // before.
          read(name, bytes);
          fail("a key of the first " + length + " bytes of " + name);
        } catch (IllegalArgumentException e) {
          assertThat(e).hasMessageStartingWith("key: ").hasNoCause();
        }
      }
    }
  }

  @Property(tries = 200)
  void textOfAnyKindIsExplained(@ForAll String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyFile.in(PemText.of("key", text)))
        .withMessageStartingWith("key: ");
  }

  @Test
  void manyLinesBeforeTheBase64AreNoTrouble() {
    String key = KeyFiles.text("rsa.pem");
    String headed = key.replaceFirst("\\R", "\n" + "Comment: x\n".repeat(100_000) + "\n");

    assertThatCode(() -> KeyFile.in(PemText.of("key", headed))).doesNotThrowAnyException();
  }

  private static void requireKeyOrExplanation(String name, byte[] bytes) {
    try {
      byte[] publicKey = read(name, bytes).publicKey();
      // As PEM, an EC key is a number: almost any other is a key too.
      if (!name.equals(NUMBER)) {
        assertThat(publicKey).isEqualTo(KeyFiles.publicKey(name));
      }
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageStartingWith("key: ").hasNoCause();
    } catch (OutOfMemoryError e) {
      // As it is, it would end the whole run.
      throw new AssertionError("a size was believed", e);
    }
  }

  private static SshKey read(String name, byte[] bytes) {
    String text = KeyFiles.text(name);
    String begin = text.lines().findFirst().orElseThrow();
    String base64 = new String(Base64.getMimeEncoder().encode(bytes), ISO_8859_1);
    return KeyFile.in(
        PemText.of("key", begin + "\n" + base64 + "\n" + begin.replace("BEGIN", "END")));
  }

  private static byte[] bytes(String name) {
    return Base64.getMimeDecoder().decode(KeyFiles.text(name).replaceAll("-----[^\n]*", ""));
  }
}
