/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import nl.jqno.equalsverifier.EqualsVerifier;
import org.junit.jupiter.api.Test;

class ImageConfigTest {
  private static final ImageConfig FULL = ImageConfig.parse("""
      {"architecture":"arm64","os":"linux","variant":"v8","config":{
        "User":"1000:1000","WorkingDir":"/app","StopSignal":"SIGINT",
        "Env":["PATH=/bin","K=a=b","NOEQ","=skipped","PATH=/usr/bin"],
        "Entrypoint":["/app/run"],"Cmd":["--port","80"],
        "ExposedPorts":{"80/tcp":{},"53/udp":{}},"Volumes":{"/data":{}},
        "Labels":{"version":"1","empty":""}}}
      """);

  @Test
  void tellsWhatTheImageSays() {
    assertThat(FULL.user()).isEqualTo("1000:1000");
    assertThat(FULL.dir()).isEqualTo("/app");
    assertThat(FULL.stopSignal()).isEqualTo("SIGINT");
    assertThat(FULL.entrypoint()).containsExactly("/app/run");
    assertThat(FULL.cmd()).containsExactly("--port", "80");
    assertThat(FULL.exposedPorts()).containsExactly("80/tcp", "53/udp");
    assertThat(FULL.volumes()).containsExactly("/data");
    assertThat(FULL.labels()).containsExactly(entry("version", "1"), entry("empty", ""));
    assertThat(FULL.platform()).hasValue(Platform.parse("linux/arm64").variant("v8"));
  }

  @Test
  void theLastOfEqualVariablesCounts() {
    assertThat(FULL.env())
        .containsExactly(entry("PATH", "/usr/bin"), entry("K", "a=b"), entry("NOEQ", ""));
  }

  @Test
  void mayLackEverything() {
    ImageConfig empty = ImageConfig.parse("{}");

    assertThat(empty.user() + empty.dir() + empty.stopSignal()).isEmpty();
    assertThat(empty.env()).isEmpty();
    assertThat(empty.labels()).isEmpty();
    assertThat(empty.entrypoint()).isEmpty();
    assertThat(empty.cmd()).isEmpty();
    assertThat(empty.exposedPorts()).isEmpty();
    assertThat(empty.platform()).isEmpty();
  }

  @Test
  void valuesOfAnotherKindAreLeftOut() {
    ImageConfig odd = ImageConfig.parse("""
        {"os":null,"architecture":"amd64","config":{"Env":"A=1","Cmd":["a",null,{}],"Labels":["l"],
          "ExposedPorts":null,"User":true}}""");

    assertThat(odd.platform()).isEmpty();
    assertThat(odd.env()).isEmpty();
    assertThat(odd.cmd()).containsExactly("a");
    assertThat(odd.labels()).isEmpty();
    assertThat(odd.exposedPorts()).isEmpty();
    assertThat(odd.user()).isEmpty();
  }

  @Test
  void parseIsTheInverseOfToString() {
    assertThat(ImageConfig.parse(FULL.toString())).isEqualTo(FULL).hasSameHashCodeAs(FULL);
    assertThat(FULL.json()).isEqualTo(FULL.toString());
  }

  @Test
  void isEqualByItsJson() {
    EqualsVerifier.forClass(ImageConfig.class)
        .withNonnullFields("json", "image", "config")
        .withIgnoredFields("image", "config")
        .verify();
  }
}
