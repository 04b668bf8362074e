/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines that end before any daemon is asked. */
class CommandLineTest {
  @TempDir
  private Path directory;

  @BeforeEach
  void makeFile() throws IOException {
    Files.writeString(directory.resolve("key"), "no key");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--foo | flag provided but not defined: -foo",
        "du --foo=x | flag provided but not defined: -foo",
        "build -otype=local | flag provided but not defined: -otype",
        "--addr | flag needs an argument: --addr",
        "du -f | flag needs an argument: -f",
        "--timeout x du | invalid value \"x\" for flag -timeout: strconv.ParseInt: parsing \"x\": invalid syntax",
        "prune --keep-storage x | invalid value \"x\" for flag -keep-storage: strconv.ParseFloat: parsing \"x\": invalid syntax",
        "prune --keep-duration x | invalid value \"x\" for flag -keep-duration: time: invalid duration \"x\"",
        "build --no-cache=maybe | invalid value \"maybe\" for flag -no-cache: parse error"
      })
  void wrongFlags(String line, String why) {
    Run run = Run.of(directory, line.split(" "));

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("Incorrect Usage: " + why + "\n\nerror: " + why + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "build -o type=local --frontend x | invalid output option: output: output directory is required for local exporter",
        "build -o=name=x --frontend x | --output requires type=<type>",
        "build -o type=oci,tar=false --frontend x | invalid output option: output: output directory is required for oci exporter",
        "build --export-cache type=local,src=x --frontend x | local cache exporter requires dest",
        "build --import-cache type=local,dest=x --frontend x | local cache importer requires src",
        "build --ssh a=. --frontend x | failed to convert agent config {a [.] false}: failed to convert agent config for ID: \"a\": failed to read .: read .: is a directory",
        "build --ssh a=key --frontend x | failed to convert agent config {a [key] false}: failed to convert agent config for ID: \"a\": failed to parse key: ssh: no key found",
        "build --export-cache type=local,dest=x,reset=maybe --frontend x | failed to parse reset attribute: strconv.ParseBool: parsing \"maybe\": invalid syntax",
        "build --oci-layout a=/nope --frontend x | invalid oci-layout: oci-layout context at /nope failed to initialize: OCI store a: there is no directory /nope; correct the path",
        "build --oci-layout a --frontend x | invalid oci-layout: oci-layout option must be 'id=path/to/layout', instead had invalid a",
        "build --opt x --frontend x | invalid opt: invalid value x",
        "build --local x --frontend x | invalid local: invalid value x",
        "build --allow x --frontend x | unknown entitlement x",
        "build --secret id=nope --frontend x | failed to stat nope: stat nope: no such file or directory",
        "build --frontend x --progress y | invalid progress mode y",
        "build --frontend x --progress tty | failed to get console: provided file is not a console",
        "build | empty definition sent to build. Specify --frontend instead?",
        "du --format {{eq.a}} | template: :1: this buildctl does not support {{eq.a}}, only fields, texts, json, len, range and if",
        "--log-format xml du | unsupported log type \"xml\"",
        "--tlsdir x --tlskey y du | cannot specify tlsdir and tlscacert/tlscert/tlskey at the same time",
        "dial-stdio --addr tcp://x:1 | invalid address tcp://x:1 (expected unix://, got tcp://)",
        "dial-stdio --addr x | invalid address x",
        "completion | no shell provided for completion command. available shells are [bash zsh]",
        "completion fish | unknown shell fish, available shells are [bash zsh]",
        "prune-histories --format x | prune-histories is not supported by this buildctl yet",
        "debug get sha256:x | debug get is not supported by this buildctl yet"
      })
  void wrongRequests(String line, String why) {
    Run run = Run.of(directory, line.split(" "));

    assertThat(run.err()).isEqualTo("error: " + why + "\n");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"foo", "debug foo", "help foo"})
  void unknownCommands(String line) {
    Run run = Run.of(directory, line.split(" "));

    assertThat(run.err()).isEqualTo("No help topic for 'foo'\n");
    assertThat(run.code()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "--help", "help", "debug", "debug -h", "build --help", "help du", "du -h"})
  void helpIsNoFailure(String line) {
    Run run = Run.of(directory, line.isEmpty() ? new String[0] : line.split(" "));

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("Usage: buildctl");
  }

  @Test
  void wrongFlagsShowTheHelpOfTheirCommand() {
    assertThat(Run.of(directory, "--foo").out()).startsWith("Usage: buildctl ");
    assertThat(Run.of(directory, "du", "--foo").out()).startsWith("Usage: buildctl du ");
    assertThat(Run.of(directory, "debug", "info", "--format").out())
        .startsWith("Usage: buildctl debug info ");
    assertThat(Run.of(directory, "foo").out()).isEmpty();
  }

  @Test
  void theVersionIsThatOfTheProject() {
    assertThat(Run.of(directory, "--version").out()).matches("buildctl dev\\.buildkit \\d\\S+\n");
  }

  @Test
  void oneDashIsAsGoodAsTwo() {
    Run run = Run.of(directory, "-addr", "-x", "dial-stdio");

    assertThat(run.err()).isEqualTo("error: invalid address -x\n");
  }

  @Test
  void aMissingTraceDirectoryIsToldAsGoDoes() {
    Run run = Run.of(directory, "build", "--frontend", "x", "--trace", "/nope/x");

    assertThat(run.err()).isEqualTo("error: open /nope/x: no such file or directory\n");
  }

  @Test
  void aSourcePolicyMustBeJson() throws Exception {
    Files.writeString(directory.resolve("policy"), "{\"rules\": [{\"action\": \"NO\"}]}");

    Run run = Run.of(directory, "build", "--frontend", "x", "--source-policy-file", "policy");

    assertThat(run.err())
        .isEqualTo(
            "error: failed to unmarshal source-policy-file \"policy\": invalid Action value: \"NO\"\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | unexpected end of JSON input",
        "{ | unexpected end of JSON input",
        "[] | a policy is an object, but this is: []",
        "{\"rules\": 1} | rules must be an array, but is: 1",
        "{\"rules\": [{\"action\": \"DENY\"}]} | a rule needs a selector, but this has none: {\"action\":\"DENY\"}",
        "{\"rules\": [{\"selector\": {\"constraints\": {}}}]} | constraints must be an array, but is: {}"
      })
  void aSourcePolicyMustBeOne(String text, String why) throws Exception {
    Files.writeString(directory.resolve("policy"), text);

    Run run = Run.of(directory, "build", "--frontend", "x", "--source-policy-file", "policy");

    assertThat(run.err())
        .isEqualTo("error: failed to unmarshal source-policy-file \"policy\": " + why + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void shellsLearnCommandsAndOptions(String shell) {
    Run run = Run.of(directory, "completion", shell);

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("complete -F _complete_buildctl", "dump-llb", "--source-policy-file")
        .doesNotContain("dial-stdio", "dev.buildkit");
  }

  @Test
  void figuresOfTheCacheGoToANamedStream() {
    Run run = Run.of(
        directory, "build", "--frontend", "x", "--debug-json-cache-metrics=stdout", "--progress=y");

    assertThat(run.err()).contains("msg=\"writing JSON cache metrics to /dev/stdout\"");
  }

  @Test
  void garbageOnStandardInputIsNoGraph() {
    Run run = Run.of(directory, "garbage".getBytes(UTF_8), "build");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).startsWith("error: failed to parse input: ");
  }

  @Test
  void logsMayBeJson() {
    Run run = Run.of(
        directory,
        "--log-format=json",
        "build",
        "--frontend",
        "x",
        "--trace",
        "trace",
        "--progress",
        "y");

    assertThat(run.err())
        .startsWith("{\"level\":\"info\",\"msg\":\"tracing logs to trace\",\"time\":\"")
        .endsWith("Z\"}\nerror: invalid progress mode y\n");
  }

  @Test
  void debugShowsWhereItHappened() {
    assertThat(Run.of(directory, "--debug", "build").err()).contains("\tat dev.buildkit.");
  }
}
