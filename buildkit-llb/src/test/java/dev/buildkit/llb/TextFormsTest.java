/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.buildkit.llb.internal.GoJson;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small readers and writers of text inside operations: IP addresses and JSON. */
class TextFormsTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.1",
    "255.255.255.255, 255.255.255.255",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "2001:0db8:0000::0001, 2001:db8::1",
    "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "1:0:2:0:3:0:4:0, 1:0:2:0:3:0:4:0",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
    "fe80::1:2, fe80::1:2",
    "::ffff:10.1.2.3, 10.1.2.3",
    "64:ff9b::10.1.2.3, 64:ff9b::a01:203",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8"
  })
  void addressesAreWrittenInTheirShortestForm(String text, String shortest) {
    assertThat(IpAddress.parse(text)).hasToString(shortest);
    assertThat(IpAddress.parse(shortest)).hasToString(shortest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "01.2.3.4",
        "256.1.1.1",
        "1.2.3.",
        "a.b.c.d",
        ":",
        ":::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "12345::",
        "g::",
        "1:2:3:4:5:6:7::8:9",
        "::1.2.3",
        "1.2.3.4::",
        "fe80::1%eth0",
        "1:2:3:4:5:6:7:8::",
        "1:",
        ":1"
      })
  void whatIsNoAddressIsRefused(String text) {
    assertRefused(
        () -> IpAddress.parse(text),
        "parse IP address \"" + text + "\": it is neither IPv4 nor IPv6; give an address such as"
            + " 10.0.0.1 or 2001:db8::1, not a name");
  }

  @Test
  void listsAreEscapedAsInGo() {
    assertThat(GoJson.array(List.of("a\"\\\b\f\n\r\t\u0001\u007f", "<>&\u2028\u2029", "ä😀")))
        .isEqualTo("[\"a\\\"\\\\\\b\\f\\n\\r\\t\\u0001\u007f\","
            + "\"\\u003c\\u003e\\u0026\\u2028\\u2029\",\"ä😀\"]");
    assertThat(GoJson.array(List.of())).isEqualTo("[]");
  }

  @Property
  void listsAreJson(@ForAll List<String> values) throws Exception {
    assertThat(new ObjectMapper().readValue(GoJson.array(values), String[].class))
        .isEqualTo(values.toArray(String[]::new));
  }

  @Property
  void writtenListsAreRead(@ForAll List<String> values) {
    assertThat(Json.parse(GoJson.array(values))).isEqualTo(values);
  }

  @Test
  void jsonBecomesMapsListsAndValues() {
    assertThat(Json.parse(" {\"a\":[1.5e3,true,false,null,{}],\"b\":\"\\u00e4\\/\\n\"} "))
        .isEqualTo(Map.of("a", Arrays.asList("1.5e3", true, false, null, Map.of()), "b", "ä/\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[",
        "[1",
        "[1,]",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "tru",
        "01",
        "1.",
        "-",
        "\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\n\"",
        "1 2",
        "[]]",
        "nul",
        "+1",
        "{,}"
      })
  void brokenJsonIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.parse(text))
        .withMessageStartingWith("parse JSON: ");
  }

  @Test
  void jsonIsNotNestedForEver() {
    assertRefused(
        () -> Json.parse("[".repeat(1_000_000)),
        "parse JSON: it is nested more than 100 deep at character 101");
  }

  @Property
  void anyTextIsJsonOrRefused(@ForAll String text) {
    try {
      Object unused = Json.parse(text);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageStartingWith("parse JSON: ");
    }
  }

  @Test
  void anImageConfigIsAnObject() {
    State alpine = State.image("alpine");

    assertRefused(
        () -> alpine.imageConfig("[]"),
        "read image config: the config is no object; pass the JSON of an OCI image config");
    assertRefused(
        () -> alpine.imageConfig("{\"config\":1}"),
        "read image config: config is no object; pass the JSON of an OCI image config");
    assertRefused(
        () -> alpine.imageConfig("{"),
        "read image config: parse JSON: expected \" at character 1; pass the JSON of an OCI image"
            + " config");
  }

  @Test
  void anImageConfigMayLackEverything() {
    State state = State.image("alpine").dir("/d").addEnv("A", "1");

    assertThat(state.imageConfig("{}").dir()).isEqualTo("/d");
    assertThat(state.imageConfig("{\"config\":null}").env()).containsEntry("A", "1");
    assertThat(state.imageConfig("{\"os\":\"linux\"}").platform()).isEmpty();
    assertThat(state
            .imageConfig("{\"os\":\"windows\",\"architecture\":\"amd64\",\"os.version\":\"10.0.1\","
                + "\"os.features\":[\"b\",\"a\"]}")
            .platform())
        .hasValue(Platform.parse("windows(10.0.1+a+b)/amd64").normalized());
  }
}
