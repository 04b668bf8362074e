/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.buildkit.api.ControlGrpc;
import dev.buildkit.api.ControlProto.InfoRequest;
import dev.buildkit.api.ControlProto.InfoResponse;
import dev.buildkit.client.internal.grpc.ErrorDecoder;
import dev.buildkit.client.transport.TlsOptions;
import dev.buildkit.client.transport.Transport;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class TlsLayerTest {
  private static final X509Bundle CA = authority("CN=ca");
  private static final X509Bundle OTHER_CA = authority("CN=other ca");
  private static final X509Bundle SERVER = issue(server(), CA);
  private static final X509Bundle CLIENT = issue(builder("CN=client"), CA);
  private static final TlsOptions TRUSTING = TlsOptions.trustingPem(CA.getCertificatePEM());

  @RegisterExtension
  static final NettyLeaks LEAKS = new NettyLeaks();

  private final ClientThreads serverThreads = new ClientThreads();
  private final ClientThreads clientThreads = new ClientThreads();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final AtomicReference<String> authority = new AtomicReference<>("");
  private int plainPort;

  @BeforeEach
  void startServer() throws Exception {
    Server server = NettyServerBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            InsecureServerCredentials.create())
        .channelType(NioServerSocketChannel.class)
        .bossEventLoopGroup(serverThreads.io())
        .workerEventLoopGroup(serverThreads.io())
        .executor(serverThreads.workers())
        .addService(new Daemon())
        .intercept(new AuthorityReader())
        .build()
        .start();
    plainPort = server.getPort();
    open.push(
        () -> assertThat(server.shutdownNow().awaitTermination(60, SECONDS)).isTrue());
  }

  @AfterEach
  void closeAll() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
    clientThreads.close();
    serverThreads.close();
  }

  /** New daemons agree on h2, those of 0.10 to 0.16 on nothing, and those before know only http/1.1. */
  @ParameterizedTest
  @CsvSource({
    "TLSv1.3, h2", "TLSv1.3, ''", "TLSv1.3, http/1.1",
    "TLSv1.2, h2", "TLSv1.2, ''", "TLSv1.2, http/1.1"
  })
  void speaksHttp2WhateverIsAgreedUpon(String version, String protocol) throws Exception {
    TlsFront front = front(SERVER, socket -> {
      socket.setEnabledProtocols(new String[] {version});
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(
          protocol.isEmpty() ? new String[0] : new String[] {protocol});
      socket.setSSLParameters(parameters);
    });

    info(front.port(), TRUSTING);

    assertThat(front.agreedOn()).isEqualTo(version + " " + protocol);
    assertThat(authority).hasValue("localhost:" + front.port());
  }

  @Test
  void expectsAndAsksForTheServerName() throws Exception {
    X509Bundle named = issue(builder("CN=b").addSanDnsName("buildkitd.internal"), CA);
    TlsFront front = front(named, socket -> {});

    info(front.port(), TRUSTING.serverName("buildkitd.internal"));

    assertThat(authority).hasValue("buildkitd.internal");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void presentsTheClientCertificate(String version) throws Exception {
    TlsFront front = front(SERVER, socket -> {
      socket.setEnabledProtocols(new String[] {version});
      socket.setNeedClientAuth(true);
    });

    info(front.port(), presenting(CLIENT));
  }

  @Test
  void insecureOptionsTrustAnyone() throws Exception {
    X509Bundle stranger = issue(expired(builder("CN=stranger")), OTHER_CA);

    info(front(stranger, socket -> {}).port(), TlsOptions.insecure());
  }

  @Test
  void namesTheAuthorityThatIsNotTrusted() throws Exception {
    X509Bundle stranger = issue(server(), OTHER_CA);

    assertThat(failure(front(stranger, socket -> {}).port(), TRUSTING))
        .isEqualTo("the server's certificate CN=server, issued by CN=other ca comes from no trusted"
            + " authority; trust the authority that issued it (now trusted: CN=ca)");
  }

  @Test
  void systemRootsAreManyAndDoNotTrustOurOwn() throws Exception {
    assertThat(failure(front(SERVER, socket -> {}).port(), TlsOptions.systemRoots()))
        .startsWith("the server's certificate CN=server, issued by CN=ca comes from no trusted"
            + " authority; trust the authority that issued it (now trusted: ")
        .endsWith(" others)");
    info(front(SERVER, socket -> {}).port(), TRUSTING.addSystemRoots());
  }

  @Test
  void namesTheNamesOfTheServer() throws Exception {
    int port = front(SERVER, socket -> {}).port();

    assertThat(failure(port, TRUSTING.serverName("buildkitd")))
        .isEqualTo("the server's certificate is for localhost, 127.0.0.1 and not for buildkitd;"
            + " correct the host, or expect one of these names with TlsOptions.serverName");
    info(port, TRUSTING.serverName("127.0.0.1"));
  }

  @Test
  void tellsWhenTheServerCertificateExpired() throws Exception {
    X509Bundle old = issue(expired(server()), CA);

    assertThat(failure(front(old, socket -> {}).port(), TRUSTING))
        .startsWith("the server's certificate CN=server, issued by CN=ca expired at "
            + old.getCertificate().getNotAfter().toInstant()
            + "; renew it, or correct the clock of this machine, which says ");
  }

  /** In TLS 1.3 the server says so after the client is done, and resets the connection. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void tellsThatAClientCertificateIsWanted(String version) throws Exception {
    TlsFront front = front(SERVER, socket -> {
      socket.setEnabledProtocols(new String[] {version});
      socket.setNeedClientAuth(true);
    });

    assertThat(failure(front.port(), TRUSTING))
        .startsWith("the server wants a client certificate, and none was presented (")
        .endsWith("); give one with TlsOptions.clientCertificate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void namesTheClientCertificateThatIsRefused(String version) throws Exception {
    X509Bundle stranger = issue(builder("CN=stranger"), OTHER_CA);
    TlsFront front = front(SERVER, socket -> {
      socket.setEnabledProtocols(new String[] {version});
      socket.setNeedClientAuth(true);
    });

    assertThat(failure(front.port(), presenting(stranger)))
        .startsWith(
            "the server refuses the client certificate CN=stranger, issued by CN=other ca" + " (")
        .endsWith("); present one that is made for clients by an authority that the server knows");
  }

  @Test
  void tellsAPlainPortFromTls() {
    assertThat(failure(plainPort, TRUSTING))
        .isEqualTo(
            "what answers there does not speak TLS; connect without TLS, or correct the port");
  }

  /** The server answers with an alert, or has hung up before that can be read. */
  @Test
  void tellsATlsPortFromAPlainOne() throws Exception {
    int port = front(SERVER, socket -> {}).port();

    assertThat(failure(Transport.tcp("localhost", port)))
        .isIn(
            "what answers there is not BuildKit; correct the address;"
                + " if the daemon wants TLS, connect with it",
            "the connection was closed without an answer;"
                + " if the daemon wants TLS, connect with it; else correct the address");
  }

  @Test
  void givesUpOnAServerThatSaysNothing() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Transport transport = Transport.tls("localhost", silent.getLocalPort(), TRUSTING);

      assertThat(failure(open(transport, Duration.ofMillis(200)), transport))
          .isEqualTo("no answer in time; correct the address, or look for a firewall on the way");
    }
  }

  private TlsFront front(X509Bundle certificate, Consumer<SSLServerSocket> settings)
      throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        certificate.toKeyManagerFactory().getKeyManagers(),
        CA.toTrustManagerFactory().getTrustManagers(),
        null);
    TlsFront front = TlsFront.of(plainPort, context, settings);
    open.push(front);
    return front;
  }

  private void info(int port, TlsOptions options) {
    info(open(Transport.tls("localhost", port, options), Duration.ofMinutes(1)));
  }

  private String failure(int port, TlsOptions options) {
    return failure(Transport.tls("localhost", port, options));
  }

  private String failure(Transport transport) {
    return failure(open(transport, Duration.ofMinutes(1)), transport);
  }

  private static String failure(ManagedChannel channel, Transport transport) {
    var failure = catchThrowableOfType(StatusRuntimeException.class, () -> info(channel));
    String message = String.valueOf(
        new ErrorDecoder(transport.address()).decodeSolve(failure).getMessage());
    String prefix = "failed to solve: cannot connect to " + transport.address() + ": ";
    assertThat(message).startsWith(prefix);
    return message.substring(prefix.length());
  }

  private ManagedChannel open(Transport transport, Duration connectTimeout) {
    ManagedChannel channel = DaemonChannel.open(transport, connectTimeout, clientThreads);
    open.push(
        () -> assertThat(channel.shutdownNow().awaitTermination(60, SECONDS)).isTrue());
    return channel;
  }

  private static void info(ManagedChannel channel) {
    InfoResponse answer = ControlGrpc.newBlockingStub(channel)
        .withDeadlineAfter(90, SECONDS)
        .info(InfoRequest.getDefaultInstance());
    assertThat(answer).isEqualTo(InfoResponse.getDefaultInstance());
  }

  private static TlsOptions presenting(X509Bundle certificate) {
    return TRUSTING.clientCertificatePem(
        certificate.getCertificatePEM(), certificate.getPrivateKeyPEM());
  }

  private static CertificateBuilder builder(String subject) {
    return new CertificateBuilder()
        .algorithm(CertificateBuilder.Algorithm.ecp256)
        .subject(subject);
  }

  private static CertificateBuilder server() {
    return builder("CN=server").addSanDnsName("localhost").addSanIpAddress("127.0.0.1");
  }

  private static CertificateBuilder expired(CertificateBuilder builder) {
    return builder
        .notBefore(Instant.now().minus(Duration.ofDays(20)))
        .notAfter(Instant.now().minus(Duration.ofDays(10)));
  }

  private static X509Bundle authority(String subject) {
    try {
      return builder(subject).setIsCertificateAuthority(true).buildSelfSigned();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static X509Bundle issue(CertificateBuilder builder, X509Bundle issuer) {
    try {
      return builder.buildIssuedBy(issuer);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private final class AuthorityReader implements ServerInterceptor {
    @Override
    public <T, R> ServerCall.Listener<T> interceptCall(
        ServerCall<T, R> call, Metadata headers, ServerCallHandler<T, R> next) {
      authority.set(call.getAuthority());
      return next.startCall(call, headers);
    }
  }

  private static final class Daemon extends ControlGrpc.ControlImplBase {
    @Override
    public void info(InfoRequest request, StreamObserver<InfoResponse> answer) {
      answer.onNext(InfoResponse.getDefaultInstance());
      answer.onCompleted();
    }
  }
}
