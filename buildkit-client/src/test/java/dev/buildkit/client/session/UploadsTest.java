/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadsTest {
  private final InputStream stream = InputStream.nullInputStream();

  @Test
  void urlsEndWithTheNameAndAreNeverTheSame() {
    String url = Uploads.empty().add("a.tar", stream).url("a.tar");

    assertThat(url).matches("http://buildkit-session/[0-9a-f-]{36}/a\\.tar");
    assertThat(Uploads.empty().add("a.tar", stream).url("a.tar")).isNotEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "a b", "ä", "a?b"})
  void namesAreThoseOfFiles(String name) {
    assertThatThrownBy(() -> Uploads.empty().add(name, stream))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "upload '" + name + "': the name is for a URL; take letters, digits, '.', '_' and '-'");
  }

  @Test
  void namesAreGivenOnce() {
    Uploads one = Uploads.empty().add("a", stream);

    assertThatThrownBy(() -> one.add("a", stream)).hasMessage("upload a is given twice");
    assertThatThrownBy(() -> one.url("b")).hasMessage("upload b is not there; there are [a]");
    assertThat(one).hasToString("Uploads[a]");
    assertThat(Uploads.empty()).hasToString("Uploads[]");
  }
}
