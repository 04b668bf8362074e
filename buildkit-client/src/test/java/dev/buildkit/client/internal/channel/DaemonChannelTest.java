/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.buildkit.api.ControlGrpc;
import dev.buildkit.api.ControlProto.InfoRequest;
import dev.buildkit.api.ControlProto.InfoResponse;
import dev.buildkit.api.ControlProto.ListWorkersRequest;
import dev.buildkit.api.ControlProto.ListWorkersResponse;
import dev.buildkit.api.WorkerProto.BuildkitVersion;
import dev.buildkit.api.WorkerProto.WorkerRecord;
import io.grpc.ConnectivityState;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DaemonChannelTest {
  private static final Metadata.Key<String> LONG =
      Metadata.Key.of("long", Metadata.ASCII_STRING_MARSHALLER);

  @RegisterExtension
  static final NettyLeaks LEAKS = new NettyLeaks();

  @TempDir
  private Path directory;

  private final ClientThreads serverThreads = new ClientThreads();
  private final ClientThreads clientThreads = new ClientThreads();
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final List<Server> servers = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (ManagedChannel channel : channels) {
      assertThat(channel.shutdownNow().awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
    for (Server server : servers) {
      assertThat(server.shutdownNow().awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
    clientThreads.close();
    serverThreads.close();
  }

  @Test
  void callsReachAUnixSocket() throws Exception {
    UnixDomainSocketAddress address = socket();
    var unused = serve(address);

    assertThat(info(open(address, "localhost"))).isEqualTo("v1");
  }

  @Test
  void callsReachATcpPortByName() throws Exception {
    Server server = serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    assertThat(info(open(InetSocketAddress.createUnresolved("localhost", server.getPort()), "a:1")))
        .isEqualTo("v1");
  }

  @Test
  void anUnknownHostFailsTheCall() {
    InetSocketAddress address = InetSocketAddress.createUnresolved("no.such.host.invalid", 1);

    assertThatThrownBy(() -> info(open(address, "a:1")))
        .isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
          assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
          assertThat(e).hasCauseInstanceOf(UnresolvedAddressException.class);
        });
  }

  @Test
  void proxiesAreNotAsked() throws Exception {
    Server server = serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    ProxySelector before = ProxySelector.getDefault();
    ProxySelector.setDefault(new NoProxy());
    try {
      assertThat(
              info(open(InetSocketAddress.createUnresolved("localhost", server.getPort()), "a:1")))
          .isEqualTo("v1");
    } finally {
      ProxySelector.setDefault(before);
    }
  }

  @Test
  void largeMessagesAndErrorsArrive() throws Exception {
    UnixDomainSocketAddress address = socket();
    var unused = serve(address);
    ControlGrpc.ControlBlockingStub control =
        ControlGrpc.newBlockingStub(open(address, "localhost"));

    assertThat(control.listWorkers(ListWorkersRequest.getDefaultInstance()).getSerializedSize())
        .isGreaterThan(15 << 20);
    assertThatThrownBy(() -> control.listWorkers(
            ListWorkersRequest.newBuilder().addFilter("wrong").build()))
        .isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
          assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
          assertThat(e.getTrailers()).isNotNull();
          assertThat(e.getTrailers().get(LONG)).hasSize(1 << 20);
        });
  }

  @Test
  void aSocketThatIsNotThereIsNamed() {
    UnixDomainSocketAddress address = socket();

    assertThatThrownBy(() -> info(open(address, "localhost")))
        .isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
          assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
          assertThat(e).rootCause().hasMessageContaining("No such file or directory");
        });
  }

  @Test
  void aChannelConnectsAgain() throws Exception {
    UnixDomainSocketAddress address = socket();
    Server first = serve(address);
    ManagedChannel channel = open(address, "localhost");
    assertThat(info(channel)).isEqualTo("v1");

    CountDownLatch disconnected = new CountDownLatch(1);
    channel.notifyWhenStateChanged(ConnectivityState.READY, disconnected::countDown);
    assertThat(first.shutdownNow().awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    // A call that meets the dying connection fails; the next one connects again.
    assertThat(disconnected.await(60, TimeUnit.SECONDS)).isTrue();
    Files.deleteIfExists(address.getPath());
    var unused = serve(address);

    assertThat(info(channel)).isEqualTo("v1");
  }

  @Test
  void limitsOfConnectsFitIntoWhatNettyTakes() {
    assertThat(DaemonChannel.connectMillis(Duration.ofSeconds(5))).isEqualTo(5_000);
    assertThat(DaemonChannel.connectMillis(Duration.ofNanos(1))).isEqualTo(1);
    assertThat(DaemonChannel.connectMillis(Duration.ofDays(30))).isEqualTo(Integer.MAX_VALUE);
    assertThat(DaemonChannel.connectMillis(Duration.ofSeconds(Long.MAX_VALUE)))
        .isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void nothingIsLogged() throws Exception {
    UnixDomainSocketAddress address = socket();
    var unused = serve(address);
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      ManagedChannel channel = open(address, "localhost");
      assertThat(info(channel)).isEqualTo("v1");
      assertThat(channel.shutdown().awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  private UnixDomainSocketAddress socket() {
    return UnixDomainSocketAddress.of(directory.resolve("a.sock"));
  }

  private Server serve(SocketAddress address) throws IOException {
    Class<? extends ServerChannel> type = address instanceof UnixDomainSocketAddress
        ? NioServerDomainSocketChannel.class
        : NioServerSocketChannel.class;
    Server server = NettyServerBuilder.forAddress(address, InsecureServerCredentials.create())
        .channelType(type)
        .bossEventLoopGroup(serverThreads.io())
        .workerEventLoopGroup(serverThreads.io())
        .withChildOption(ChannelOption.SO_KEEPALIVE, null)
        .executor(serverThreads.workers())
        .addService(new Daemon())
        .build()
        .start();
    servers.add(server);
    return server;
  }

  private ManagedChannel open(SocketAddress address, String authority) {
    ManagedChannel channel = DaemonChannel.open(
        Route.toSocket(address), authority, Duration.ofSeconds(60), clientThreads);
    channels.add(channel);
    return channel;
  }

  private static String info(ManagedChannel channel) {
    return ControlGrpc.newBlockingStub(channel)
        .withDeadlineAfter(60, TimeUnit.SECONDS)
        .info(InfoRequest.getDefaultInstance())
        .getBuildkitVersion()
        .getVersion();
  }

  private static final class Daemon extends ControlGrpc.ControlImplBase {
    @Override
    public void info(InfoRequest request, StreamObserver<InfoResponse> answer) {
      answer.onNext(InfoResponse.newBuilder()
          .setBuildkitVersion(BuildkitVersion.newBuilder().setVersion("v1"))
          .build());
      answer.onCompleted();
    }

    @Override
    public void listWorkers(
        ListWorkersRequest request, StreamObserver<ListWorkersResponse> answer) {
      if (request.getFilterCount() > 0) {
        Metadata trailers = new Metadata();
        trailers.put(LONG, "x".repeat(1 << 20));
        answer.onError(Status.INVALID_ARGUMENT.asException(trailers));
        return;
      }
      answer.onNext(ListWorkersResponse.newBuilder()
          .addRecord(WorkerRecord.newBuilder().setIDBytes(ByteString.copyFrom(new byte[15 << 20])))
          .build());
      answer.onCompleted();
    }
  }

  /** Fails who asks. */
  private static final class NoProxy extends ProxySelector {
    @Override
    public List<Proxy> select(URI uri) {
      throw new AssertionError("asked for a proxy to " + uri);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException cause) {}
  }
}
