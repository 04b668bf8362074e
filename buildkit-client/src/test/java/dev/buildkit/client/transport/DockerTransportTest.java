/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerTransportTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "docker://",
        "docker://?context=colima",
        "docker://?context=a%2Bb",
        "docker://?host=unix:///var/run/docker.sock",
        "docker://?host=unix:///a%20b%26c%25/d.sock",
        "docker://?host=tcp://[::1]:2375",
        "docker://?host=ssh://me@build.example.com:2222/run/docker.sock",
        "docker-container://bk",
        "docker-container://BK_1.x-y?context=ci",
        "docker-container://08842fccdea3?host=tcp://10.0.0.7:2375"
      })
  void parsesWhatAddressReturns(String address) {
    Transport transport = Transport.parse(address);

    assertThat(transport).isInstanceOf(DockerTransport.class).hasToString(address);
    assertThat(transport.address()).isEqualTo(address);
    assertThat(transport.authority()).isEqualTo("localhost");
    assertThat(transport)
        .isEqualTo(Transport.parse(address))
        .hasSameHashCodeAs(Transport.parse(address));
  }

  @Property
  void anySocketPathSurvivesTheAddress(
      @ForAll @StringLength(max = 20) @CharRange(from = ' ', to = '\u00ff') String name) {
    DockerTransport transport =
        Transport.dockerContainer("bk").engine(Transport.unix(Path.of("/x" + name)));

    assertThat(Transport.parse(transport.address())).isEqualTo(transport);
  }

  /** These are addresses that BuildKit's own tools take, and what they make of them. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
      docker-container://bk              | bk   | docker-container://bk
      docker-container://bk?context=ctx  | bk   | docker-container://bk?context=ctx
      docker-container://bk/path         | bk   | docker-container://bk
      docker-container://bk:123          | bk   | docker-container://bk
      docker-container://BK_1            | BK_1 | docker-container://BK_1
      docker-container://bk?context=     | bk   | docker-container://bk
      docker-container://b%6b            | bk   | docker-container://bk
      """)
  void theNameOfTheContainerIsRead(String address, String container, String canonical) {
    DockerTransport transport = (DockerTransport) Transport.parse(address);

    assertThat(transport.container()).hasValue(container);
    assertThat(transport.address()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
      docker-container://                  | it has no container name; use docker-container://NAME, with ?context=NAME or ?host=ADDRESS behind it
      docker-container:///bk               | it has no container name; use docker-container://NAME, with ?context=NAME or ?host=ADDRESS behind it
      docker-container://bk%zz             | 'bk%zz' has a '%' that no two hexadecimal digits follow; write '%' as %25
      docker-container://bk#f              | 'bk#f' is no name; use docker-container://NAME, with ?context=NAME or ?host=ADDRESS behind it
      docker-container://bk?contxt=a       | it has no parameter 'contxt'; use docker-container://NAME, with ?context=NAME or ?host=ADDRESS behind it
      docker-container://bk?context=a&context=b | 'context' is given twice; leave one out
      docker://colima                      | 'colima' has no meaning there; use docker://, docker://?context=NAME or docker://?host=ADDRESS
      docker://?context=a&host=tcp://b:1   | it has a context and a host; leave one of them out
      """)
  void whatIsNoAddressIsRefused(String address, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Transport.parse(address))
        .withMessage("address '" + address + "': " + problem);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
      docker-container://a b              | container 'a b': it is no name and no id of a container; it begins with a letter or a digit and goes on with these, '_', '.' or '-'
      docker-container://bk?context=a%20b | Docker context 'a b': contexts cannot have this name; give one that docker context ls shows
      docker://?host=npipe:////./pipe/x   | address 'npipe:////./pipe/x': Windows pipes are not supported yet; let the engine listen on tcp://localhost:2375 and set DOCKER_HOST to that
      docker://?host=fd://                | address 'fd://': the scheme 'fd' is not supported for Docker Engines; use unix:///path/to/docker.sock, tcp://host:port or ssh://host
      """)
  void whatIsNoNameOrHostIsRefused(String address, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Transport.parse(address))
        .withMessage(message);
  }

  @Test
  void anEngineIsNotBehindAnotherTransportThroughAnEngine() {
    DockerTransport transport = Transport.docker();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> transport.engine(Transport.dockerContainer("bk")))
        .withMessage(
            "engine docker-container://bk: it leads to a BuildKit; give the way to the engine's own socket or port");
  }

  @Test
  void theLastChoiceOfAnEngineCounts() {
    Transport socket = Transport.unix(Path.of("/d.sock"));

    assertThat(Transport.docker().context("a").engine(socket).address())
        .isEqualTo("docker://?host=unix:///d.sock");
    assertThat(Transport.docker().engine(socket).context("a").address())
        .isEqualTo("docker://?context=a");
    assertThat(Transport.docker().engine(socket).engine()).isEqualTo(socket);
    assertThat(Transport.docker().engine(socket).resolve())
        .isEqualTo(Transport.docker().engine(socket));
  }

  @Test
  void hostsMayLeaveOutTheSchemeAndThePortAsDockersOwnToolsAllow() {
    assertThat(Transport.parse("docker://?host=10.0.0.7").address())
        .isEqualTo("docker://?host=tcp://10.0.0.7:2375");
    assertThat(Transport.parse("docker://?host=tcp://[::1]/").address())
        .isEqualTo("docker://?host=tcp://[::1]:2375");
  }

  @Test
  void throughSshDockerCarriesTheBytesAtTheOtherEnd() {
    DockerTransport transport = Transport.docker().engine(Transport.parse("ssh://me@host:2222"));

    assertThat(transport).isEqualTo(Transport.parse("docker://?host=ssh://me@host:2222"));
    assertThat(((CommandTransport) transport.engine()).command())
        .containsExactly(
            "ssh", "-l", "me", "-p", "2222", "--", "host", "docker", "system", "dial-stdio");
    DockerTransport withSocket =
        (DockerTransport) Transport.parse("docker://?host=ssh://host/run/d.sock");
    assertThat(((CommandTransport) withSocket.engine()).command())
        .containsExactly(
            "ssh", "--", "host", "docker", "--host", "unix:///run/d.sock", "system", "dial-stdio");
  }
}
