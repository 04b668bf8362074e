/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the answers of Go's buildctl do not show. */
class FlagsTest {
  @TempDir
  private Path directory;

  private final List<String> warnings = new ArrayList<>();

  @Test
  void aTerminalGetsNoArchive() {
    Surroundings terminal = new Surroundings(directory, Map.of(), true, warnings::add);

    assertThatThrownBy(() -> OutputFlag.parse("type=oci", terminal))
        .hasMessage("invalid output option: output: output file is required for oci exporter."
            + " refusing to write to console");
  }

  @Test
  void oldFormsOfCachesAreWarnedOf() {
    Surroundings surroundings = new Surroundings(directory, Map.of(), false, warnings::add);

    var unused = CacheFlag.parseExport("example.com/c", surroundings);

    assertThat(warnings)
        .containsExactly("--export-cache <ref> is deprecated. Please use --export-cache"
            + " type=registry,ref=<ref>,<opt>=<optval>[,<opt>=<optval>] instead");
  }

  @Test
  void cachesDoNotShowTheirCredentials() {
    Surroundings surroundings = new Surroundings(directory, Map.of(), false, warnings::add);

    assertThat(
            CacheFlag.parseImport("type=gha,url=u,token=s3cr3t", surroundings).toString())
        .doesNotContain("s3cr3t");
  }

  @Test
  void buildArgumentsMayComeFromTheEnvironment() {
    Surroundings surroundings =
        new Surroundings(directory, Map.of("A", "a=1", "EMPTY", ""), false, warnings::add);

    assertThat(OptFlag.parse(
            List.of(
                "build-arg:A=first",
                "build-arg:A",
                "build-arg:EMPTY",
                "build-arg:UNSET=kept",
                "build-arg:UNSET",
                "build-arg:NONE"),
            surroundings))
        .containsExactly(
            Map.entry("build-arg:A", "a=1"),
            Map.entry("build-arg:EMPTY", ""),
            Map.entry("build-arg:UNSET", "kept"));
    assertThat(OptFlag.parse(List.of("build-arg:A", "build-arg:A=last"), surroundings))
        .containsExactly(Map.entry("build-arg:A", "last"));
    for (String other : List.of("A", "target", "build-arg:", "build-args:A")) {
      assertThatThrownBy(() -> OptFlag.parse(List.of(other), surroundings))
          .hasMessage("invalid value " + other);
    }
  }

  @Test
  void quotesMayHoldQuotesAndCommas() {
    assertThat(CsvRecord.parse("a,\"b \"\"c\"\", d\",")).containsExactly("a", "b \"c\", d", "");
  }

  @Test
  void lineEndsOfRecordsAreNoValue() {
    assertThat(CsvRecord.parse("a,b\r\n")).containsExactly("a", "b");
  }
}
