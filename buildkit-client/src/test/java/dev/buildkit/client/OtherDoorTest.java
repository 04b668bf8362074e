/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.buildkit.api.ControlGrpc;
import dev.buildkit.api.ControlProto.InfoRequest;
import dev.buildkit.api.ControlProto.InfoResponse;
import dev.buildkit.api.WorkerProto.BuildkitVersion;
import dev.buildkit.client.transport.Transport;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An engine that has lost {@code /grpc} speaks HTTP/2 at the same place. */
class OtherDoorTest {
  @Test
  @Timeout(120)
  void anEngineWithoutTheUpgradeIsReachedInOneConnect() throws Exception {
    ServerSocket engine = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    int port = engine.getLocalPort();
    CompletableFuture<Server> successor =
        CompletableFuture.supplyAsync(() -> refuseAndMakeWay(engine));
    Transport transport = Transport.docker().engine(Transport.tcp("127.0.0.1", port));

    try (BuildKitClient client =
        BuildKitClient.builder(transport).connectTimeout(Duration.ofMinutes(1)).build()) {
      assertThat(client.info().version()).isEqualTo("v9");
    } finally {
      // Where nobody connected, this ends the wait for it.
      engine.close();
      var unused = successor.thenAccept(Server::shutdownNow);
    }
  }

  /** Answers 404 to the first request, but not before a gRPC server listens in its place. */
  private static Server refuseAndMakeWay(ServerSocket engine) {
    try (Socket connection = engine.accept()) {
      engine.close();
      Server server = serve(engine.getLocalPort());
      OutputStream out = connection.getOutputStream();
      out.write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
      out.flush();
      // Until the client has read it and gone away.
      var unused = connection.getInputStream().readAllBytes();
      return server;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Server serve(int port) throws IOException {
    return NettyServerBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            InsecureServerCredentials.create())
        .addService(new Control())
        .build()
        .start();
  }

  private static final class Control extends ControlGrpc.ControlImplBase {
    @Override
    public void info(InfoRequest request, StreamObserver<InfoResponse> answer) {
      answer.onNext(InfoResponse.newBuilder()
          .setBuildkitVersion(BuildkitVersion.newBuilder().setVersion("v9"))
          .build());
      answer.onCompleted();
    }
  }
}
