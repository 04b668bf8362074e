/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import nl.jqno.equalsverifier.EqualsVerifier;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PlatformTest {
  private static final JsonNode VECTORS = Vector.read("platforms.json");

  private static Stream<JsonNode> rows(String kind) {
    return StreamSupport.stream(VECTORS.get(kind).spliterator(), false);
  }

  private static Platform parse(String text) {
    return PlatformParser.parse(text, "amd64");
  }

  @TestFactory
  Stream<DynamicTest> parsesAsContainerdDoes() {
    return rows("parse")
        .map(row -> DynamicTest.dynamicTest(row.get("input").toString(), () -> checkParse(row)));
  }

  private static void checkParse(JsonNode row) {
    String input = row.get("input").asText();
    if (row.has("error")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> parse(input))
          .withMessageStartingWith("parse platform \"" + input + "\": ");
      return;
    }
    Platform platform = parse(input);
    assertThat(platform).isEqualTo(Vector.platform(row.get("platform")));
    assertThat(platform.normalized()).isEqualTo(Vector.platform(row.get("normalized")));
    assertThat(platform).hasToString(row.get("formatAll").asText());
    assertThat(platform.shortName()).isEqualTo(row.get("format").asText());
  }

  @TestFactory
  Stream<DynamicTest> normalizesAsContainerdDoes() {
    return rows("normalize")
        .map(row ->
            DynamicTest.dynamicTest(row.get("platform").toString(), () -> checkNormalize(row)));
  }

  private static void checkNormalize(JsonNode row) {
    Platform platform = Vector.platform(row.get("platform"));
    assertThat(platform.normalized()).isEqualTo(Vector.platform(row.get("normalized")));
    assertThat(platform).hasToString(row.get("formatAll").asText());
    assertThat(platform.shortName()).isEqualTo(row.get("format").asText());
    assertThat(platform.normalized()).hasToString(row.get("formatAllNormalized").asText());
  }

  @TestFactory
  Stream<DynamicTest> matchesAsContainerdDoes() {
    return rows("match").map(row -> DynamicTest.dynamicTest(row.toString(), () -> checkMatch(row)));
  }

  private static void checkMatch(JsonNode row) {
    Platform machine = parse(row.get("pattern").asText());
    Platform image = parse(row.get("platform").asText());
    assertThat(machine.runs(image)).isEqualTo(row.get("only").asBoolean());
    assertThat(machine.matches(image)).isEqualTo(row.get("onlyStrict").asBoolean());
    assertThat(machine.matches(image)).isEqualTo(row.get("newMatcher").asBoolean());
  }

  @TestFactory
  Stream<DynamicTest> prefersAsContainerdDoes() {
    return rows("less").map(row -> DynamicTest.dynamicTest(row.toString(), () -> checkLess(row)));
  }

  private static void checkLess(JsonNode row) {
    var preference = parse(row.get("pattern").asText()).preference();
    Platform a = parse(row.get("a").asText());
    Platform b = parse(row.get("b").asText());
    assertThat(preference.compare(a, b) < 0).isEqualTo(row.get("less").asBoolean());
    assertThat(preference.compare(b, a) < 0).isEqualTo(row.get("lessReverse").asBoolean());
  }

  @TestFactory
  Stream<DynamicTest> namesNormalizeAsInOtherClients() {
    return StreamSupport.stream(
            Vector.read("wire_names.json").get("platforms").spliterator(), false)
        .map(row -> DynamicTest.dynamicTest(row.get("in").asText(), () -> checkName(row)));
  }

  private static void checkName(JsonNode row) {
    String input = row.get("in").asText();
    if (row.has("error")) {
      assertThatIllegalArgumentException().isThrownBy(() -> parse(input));
      return;
    }
    Platform platform = parse(input).normalized();
    assertThat(platform).isEqualTo(Vector.platform(row.get("parsed_normalised")));
    assertThat(platform.shortName()).isEqualTo(row.get("format").asText());
    assertThat(platform).hasToString(row.get("format_all").asText());
  }

  @Test
  void theMissingHalfIsLinuxOrThisMachine() {
    assertThat(PlatformParser.parse("linux", "aarch64")).isEqualTo(Platform.LINUX_ARM64);
    assertThat(PlatformParser.parse("windows", "arm")).isEqualTo(Platform.of("windows", "arm"));
    assertThat(Platform.parse("arm64")).isEqualTo(Platform.LINUX_ARM64);
    assertThat(Platform.parse("linux")).isEqualTo(Platform.linuxOnThisMachine());
  }

  @Test
  void messagesNameTheTextAndTheRemedy() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Platform.parse("linux/*"))
        .withMessage(
            "parse platform \"linux/*\": wildcards are not supported; name one platform, such as"
                + " linux/amd64");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Platform.parse("foo"))
        .withMessage(
            "parse platform \"foo\": unknown operating system or architecture; write both, such as"
                + " linux/amd64");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Platform.parse("linux(1%2)/amd64"))
        .withMessage(
            "parse platform \"linux(1%2)/amd64\": \"1%2\" has a % without two hex digits; write % as"
                + " %25");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Platform.of("", "amd64"))
        .withMessage("platform: os is empty; give one, such as linux");
  }

  @Test
  void partsAreReplacedOneByOne() {
    Platform platform = Platform.WINDOWS_AMD64
        .osVersion("10.0.17763")
        .osFeatures(List.of("win32k"))
        .variant("v2");

    assertThat(platform).hasToString("windows(10.0.17763+win32k)/amd64/v2");
    assertThat(Platform.parse(platform.toString())).isEqualTo(platform);
    assertThat(platform.osFeatures()).isEqualTo(List.of("win32k"));
    assertThat(platform.osVersion("").osFeatures(List.of()).variant(""))
        .isEqualTo(Platform.WINDOWS_AMD64);
  }

  @Test
  void anArm64MachineOfAVersionRunsAllBefore() {
    Platform machine = Platform.LINUX_ARM64.variant("v9.1");

    assertThat(machine.runs(Platform.LINUX_ARM64.variant("v9"))).isTrue();
    assertThat(machine.runs(Platform.LINUX_ARM64.variant("v8.6"))).isTrue();
    assertThat(machine.runs(Platform.LINUX_ARM64.variant("v8.7"))).isFalse();
    assertThat(machine.runs(Platform.LINUX_ARM_V6)).isTrue();
    assertThat(Platform.LINUX_ARM64.variant("v10").runs(Platform.LINUX_ARM64.variant("v10")))
        .isTrue();
  }

  @Test
  void platformsAreEqualIfAllPartsAre() {
    EqualsVerifier.forClass(Platform.class)
        .withNonnullFields("os", "architecture", "variant", "osVersion", "osFeatures")
        .verify();
  }
}
