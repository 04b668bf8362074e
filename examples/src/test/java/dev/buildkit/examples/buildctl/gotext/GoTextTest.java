/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.gotext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoTextTest {
  @ParameterizedTest
  @CsvSource({
    "0, PT0S, 0s",
    "300ms, PT0.3S, 300ms",
    "-1.5h, PT-1H-30M, -1h30m0s",
    "2h45m, PT2H45M, 2h45m0s",
    "1m, PT1M, 1m0s",
    "1.5s, PT1.5S, 1.5s",
    "1500ns, PT0.0000015S, 1.5\u00b5s",
    ".5m, PT30S, 30s",
    "48h, PT48H, 48h0m0s",
    "7ns, PT0.000000007S, 7ns"
  })
  void durationsAreReadAndWritten(String text, Duration duration, String written) {
    assertThat(GoDuration.parse(text)).isEqualTo(duration);
    assertThat(GoDuration.format(duration)).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({
    "'', time: invalid duration \"\"",
    "x, time: invalid duration \"x\"",
    "5, time: missing unit in duration \"5\"",
    "5d, time: unknown unit \"d\" in duration \"5d\"",
    "., time: invalid duration \".\""
  })
  void whatIsNoDurationIsRefused(String text, String message) {
    assertThatThrownBy(() -> GoDuration.parse(text)).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0B, 0B",
    "999, 999B, 999B",
    "1000, 1.00kB, 1kB",
    "4096, 4.10kB, 4.096kB",
    "999999, 1000.00kB, 999.999kB",
    "1500000000, 1.50GB, 1.5GB",
    "-4096, -4.10kB, -4.096kB"
  })
  void sizesAreInDecimalUnits(long bytes, String rounded, String exact) {
    assertThat(ByteSize.rounded(bytes)).isEqualTo(rounded);
    assertThat(ByteSize.exact(bytes)).isEqualTo(exact);
  }

  @Test
  void timesHaveNoMoreDigitsThanTheyNeed() {
    Instant time = Instant.parse("2026-11-25T19:57:23.624703320Z");

    assertThat(GoTime.plain(time)).isEqualTo("2026-11-25 19:57:23.62470332 +0000 UTC");
    assertThat(GoTime.rfc3339(time)).isEqualTo("2026-11-25T19:57:23.62470332Z");
    assertThat(GoTime.rfc3339(Instant.EPOCH)).isEqualTo("1970-01-01T00:00:00Z");
  }

  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    TabWriter table = TabWriter.spaces();
    table.line("a\tb\tc");
    table.line("long\tx\tc");
    table.line("ends columns");
    table.line("z\tc");

    assertThat(table.flush()).isEqualTo("a    b c\nlong x c\nends columns\nz c\n");
  }

  @Test
  void tabsFillColumnsUp() {
    TabWriter table = TabWriter.tabs();
    table.line("ID\tX");
    table.line("1234567\tX");
    table.line("12345678\tX");

    assertThat(table.flush()).isEqualTo("ID\t\tX\n1234567\t\tX\n12345678\tX\n");
  }

  @Test
  void quotedTextsShowWhatCannotBeSeen() {
    assertThat(GoQuote.quote("a\"\\\n\u0001")).isEqualTo("\"a\\\"\\\\\\n\\x01\"");
  }

  @Test
  void jsonEscapesWhatHtmlWouldRead() {
    assertThat(GoJson.escaped("<&>\"\\\u2028\u0001"))
        .isEqualTo("\"\\u003c\\u0026\\u003e\\\"\\\\\\u2028\\u0001\"");
    assertThat(GoJson.plain("<&>")).isEqualTo("\"<&>\"");
  }

  @Test
  void jsonLeavesEmptyFieldsOut() {
    GoStruct struct = GoStruct.of("T")
        .add("A", "a", null)
        .addUnlessEmpty("B", "b", 0)
        .addUnlessEmpty("C", "c", Duration.ofNanos(7));

    assertThat(GoJson.plain(List.of(struct, Map.of("z", 1, "y", true))))
        .isEqualTo("[{\"a\":null,\"c\":7},{\"y\":true,\"z\":1}]");
  }

  private static final GoStruct VALUE = GoStruct.of("T")
      .add("ID", "id", "x")
      .add("None", "none", null)
      .add("List", "list", List.of("a", "b"))
      .add("Map", "map", Map.of("k", "v"))
      .add("Sub", "sub", GoStruct.of("S").add("N", "n", 3));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "json | {\"id\":\"x\",\"none\":null,\"list\":[\"a\",\"b\"],\"map\":{\"k\":\"v\"},\"sub\":{\"n\":3}}",
        "{{.ID}}-{{ .Sub.N }} | x-3",
        "{{json .Sub}} | {\"n\":3}",
        "{{.List}} {{.Map}} {{.Map.k}} {{.None}} {{.Sub}} | [a b] map[k:v] v <nil> {3}",
        "{{range .List}}<{{.}}>{{end}} | <a><b>",
        "{{range .None}}x{{else}}none{{end}} | none",
        "{{if .None}}yes{{else}}no{{end}}{{if .ID}}!{{end}} | no!",
        "{{len .List}} {{len .ID}} {{\"q\"}} | 2 1 q",
        "a {{- .ID -}} b | axb"
      })
  void templatesFillIn(String template, String text) {
    assertThat(GoTemplate.parse(template).apply(VALUE)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a{{.No}} | template: :1:3: executing \"\" at <.No>: can't evaluate field No in type T",
        "{{ | template: :1: unclosed action",
        "{{end}} | template: :1: unexpected {{end}}",
        "{{if .ID}}x | template: :1: unexpected EOF"
      })
  void wrongTemplatesAreRefused(String template, String message) {
    assertThatThrownBy(() -> GoTemplate.parse(template).apply(VALUE)).hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{{.ID | json}}", "{{$x := .ID}}", "{{printf \"%s\" .ID}}", "{{eq .ID .ID}}"})
  void otherTemplatesAreRefusedByName(String template) {
    assertThatThrownBy(() -> GoTemplate.parse(template))
        .hasMessageContaining("this buildctl does not support " + template);
  }
}
