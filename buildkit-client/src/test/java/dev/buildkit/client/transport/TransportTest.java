/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransportTest {
  private static final String FORMS =
      "use unix:///path/to/buildkitd.sock, tcp://host:port, docker://, docker-container://NAME, ssh://host,"
          + " kube-pod://POD, podman-container://NAME or nerdctl-container://NAME";

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
          unix:///run/buildkit/buildkitd.sock | localhost
          unix:///a%20b c/ü.sock              | localhost
          tcp://127.0.0.1:1234                | 127.0.0.1:1234
          tcp://build_host.example.com:1      | build_host.example.com:1
          tcp://localhost:65535               | localhost:65535
          tcp://[::1]:1234                    | [::1]:1234
          tcp://[fe80::1%eth0]:1234           | [fe80::1]:1234
          tcp://[::ffff:10.0.0.1]:1234        | [::ffff:10.0.0.1]:1234
          """)
  void parsesWhatAddressReturns(String address, String authority) {
    Transport transport = Transport.parse(address);

    assertThat(transport.address()).isEqualTo(address);
    assertThat(transport.authority()).isEqualTo(authority);
    assertThat(transport).hasToString(address).isEqualTo(Transport.parse(address));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
          ""                   | it has no scheme; @FORMS@
          localhost:1234       | it has no scheme; @FORMS@
          /run/buildkitd.sock  | it has no scheme; @FORMS@
          http://host          | the scheme 'http' is not supported; @FORMS@
          UNIX:///a.sock       | the scheme 'UNIX' is not supported; @FORMS@
          unix://              | it has no path; use unix:///path/to/buildkitd.sock
          unix://run/a.sock    | the socket path is relative; give an absolute path
          unix://./a.sock      | the socket path is relative; give an absolute path
          tcp://               | it has no port; use tcp://host:port
          tcp://host           | it has no port; use tcp://host:port
          tcp://host:          | it has no port; use tcp://host:port
          tcp://[::1]          | it has no port; use tcp://host:port
          tcp://[::1           | '[::1' is not a host and a port; use tcp://host:port, with an IPv6 address in brackets: tcp://[::1]:1234
          tcp://host:http      | 'http' is no port; use a number within 1 to 65535
          tcp://host:1234/     | '1234/' is no port; use a number within 1 to 65535
          tcp://host:99999999999 | '99999999999' is no port; use a number within 1 to 65535
          tcp://host:0         | the port 0 is not within 1 to 65535; use the port that the daemon listens on
          tcp://host:65536     | the port 65536 is not within 1 to 65535; use the port that the daemon listens on
          tcp://:1234          | '' is no host name and no IP address; use tcp://host:port
          tcp://user@host:1234 | 'user@host' is no host name and no IP address; use tcp://host:port
          tcp://[host]:1234    | '[host]:1234' is not a host and a port; use tcp://host:port, with an IPv6 address in brackets: tcp://[::1]:1234
          tcp://::1:1234       | '::1:1234' is not a host and a port; use tcp://host:port, with an IPv6 address in brackets: tcp://[::1]:1234
          tcp://[::1]x:1234    | '[::1]x:1234' is not a host and a port; use tcp://host:port, with an IPv6 address in brackets: tcp://[::1]:1234
          """)
  void saysWhatIsWrongWithAnAddress(String address, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Transport.parse(address))
        .withMessage("address '" + address + "': " + problem.replace("@FORMS@", FORMS));
  }

  @Test
  void socketPathsAreLimitedToWhatASocketTakes() {
    String longest = "/" + "ü".repeat(53);

    assertThat(Transport.unix(Path.of(longest)).address()).isEqualTo("unix://" + longest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Transport.unix(Path.of(longest + "x")))
        .withMessage("address 'unix://" + longest
            + "x': the socket path has 108 bytes, and a socket takes at most 107;"
            + " use a shorter path, or a symbolic link to its directory");
  }

  @Test
  void unixTransportsGiveTheirSocket() {
    assertThat(Transport.unix(Path.of("/run/a.sock")))
        .isInstanceOfSatisfying(
            SocketTransport.class,
            socket -> assertThat(socket.socketAddress())
                .isEqualTo(UnixDomainSocketAddress.of("/run/a.sock")));
  }

  @Test
  void tcpTransportsDoNotResolveNames() {
    assertThat(Transport.tcp("localhost", 1234))
        .isInstanceOfSatisfying(
            SocketTransport.class,
            socket -> assertThat(socket.socketAddress())
                .isEqualTo(InetSocketAddress.createUnresolved("localhost", 1234)));
  }

  @Test
  void tcpTakesIpv6AddressesWithoutBrackets() {
    assertThat(Transport.tcp("::1", 1234)).isEqualTo(Transport.parse("tcp://[::1]:1234"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "host/path", "[::1]", "a:b"})
  void tcpRefusesWhatIsNoHost(String host) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Transport.tcp(host, 1234))
        .withMessageContaining("'" + host + "' is no host name and no IP address");
  }

  @Test
  @SuppressWarnings("NullAway") // Callers may have no such check.
  void nullsAreRefused() {
    assertThatThrownBy(() -> Transport.parse(null)).hasMessage("address");
    assertThatThrownBy(() -> Transport.unix(null)).hasMessage("socket");
    assertThatThrownBy(() -> Transport.tcp(null, 1)).hasMessage("host");
  }

  @Test
  void tlsIsForTcpOnly() {
    TlsOptions options = TlsOptions.insecure();

    assertThat(Transport.parse("tcp://a:1").tls(options))
        .isEqualTo(Transport.tls("a", 1, options))
        .isNotEqualTo(Transport.tcp("a", 1))
        .hasToString("tcp://a:1")
        .isInstanceOfSatisfying(
            SocketTransport.class, socket -> assertThat(socket.tls()).hasValue(options));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Transport.parse("unix:///a.sock").tls(options))
        .withMessage(
            "address 'unix:///a.sock': TLS is for tcp:// addresses; leave the TLS options out");
  }

  @Test
  void theServerNameIsTheAuthority() {
    assertThat(Transport.tls("a", 1, TlsOptions.insecure()).authority()).isEqualTo("a:1");
    assertThat(Transport.tls("a", 1, TlsOptions.insecure().serverName("b")).authority())
        .isEqualTo("b");
    assertThat(Transport.tls("a", 1, TlsOptions.insecure().serverName("::1")).authority())
        .isEqualTo("[::1]");
  }

  @Test
  void transportsAreEqualWhenTheirAddressesAre() {
    assertThat(Transport.tcp("a", 1)).isNotEqualTo(Transport.tcp("a", 2));
    assertThat(Transport.unix(Path.of("/a"))).isNotEqualTo(Transport.unix(Path.of("/b")));
  }
}
