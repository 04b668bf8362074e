/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands are those that BuildKit's own tools start, as recorded from them. */
class CommandAddressTest {
  private static final List<String> SCHEMES =
      List.of("podman-container:", "nerdctl-container:", "kube-pod:", "ssh:");

  static Stream<Arguments> rows() throws IOException {
    JsonNode vectors = new ObjectMapper()
        .readTree(CommandAddressTest.class.getResourceAsStream("vectors_connhelper.json"));
    return StreamSupport.stream(vectors.get("cases").spliterator(), false)
        .filter(row -> SCHEMES.stream().anyMatch(row.get("url").textValue()::startsWith))
        .map(row -> argumentSet(row.get("url").textValue(), row));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void commandsAreThoseOfBuildKitsTools(JsonNode row) {
    String url = row.get("url").textValue();
    if (row.get("helper").booleanValue()) {
      assertThat(Transport.parse(url))
          .hasToString(url)
          .isEqualTo(Transport.parse(url))
          .isInstanceOfSatisfying(
              CommandTransport.class,
              transport -> assertThat(transport.command()).isEqualTo(texts(row.get("command"))));
    } else {
      assertThatIllegalArgumentException().isThrownBy(() -> Transport.parse(url));
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', commentCharacter = '!', textBlock = """
      podman-container://      | it has no name; use podman-container://NAME
      podman-container://-it   | '-it' cannot be a name; use podman-container://NAME
      podman-container://a%20b | 'a%20b' cannot be a name; use podman-container://NAME
      kube-pod://-it           | '-it' cannot be a name; use kube-pod://POD, with ?context=…&namespace=…&container=… behind it
      kube-pod://p?context=%zz | two hexadecimal digits must follow a '%'; write '%' as %25
      kube-pod://p?namespace=N | 'N' cannot be a namespace; use kube-pod://POD, with ?context=…&namespace=…&container=… behind it
      ssh://-oProxyCommand=x@h | '-oProxyCommand=x' cannot be a user; use ssh://[USER@]HOST[:PORT][/path/of/buildkitd.sock]
      ssh://h/run/$(reboot)    | '/run/$(reboot)' cannot be a socket path; use ssh://[USER@]HOST[:PORT][/path/of/buildkitd.sock]
      ssh://h/a b              | '/a b' cannot be a socket path; use ssh://[USER@]HOST[:PORT][/path/of/buildkitd.sock]
      ssh://h:port             | 'h:port' has no such form; use ssh://[USER@]HOST[:PORT][/path/of/buildkitd.sock]
      ssh://h#f                | nothing may follow the path behind '?' or '#'; use ssh://[USER@]HOST[:PORT][/path/of/buildkitd.sock]
      """)
  void saysWhatIsWrong(String address, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Transport.parse(address))
        .withMessage("address '" + address + "': " + problem);
  }

  @Test
  void passwordsAreNotShown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Transport.parse("ssh://me:s3cret@host"))
        .withMessage("address 'ssh://me:***@host': it has a password;"
            + " use a key, and leave the password out");
  }

  @Test
  void takesACommandAsItIs() {
    CommandTransport transport = Transport.command(List.of("a b", "$HOME", ""));

    assertThat(transport.command()).containsExactly("a b", "$HOME", "");
    assertThat(transport.authority()).isEqualTo("localhost");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Transport.command(List.of()))
        .withMessage("command []: it names no program; begin it with a name on PATH or a path");
  }

  private static List<String> texts(JsonNode words) {
    return StreamSupport.stream(words.spliterator(), false)
        .map(JsonNode::textValue)
        .toList();
  }
}
