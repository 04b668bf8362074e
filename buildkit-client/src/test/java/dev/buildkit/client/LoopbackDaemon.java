/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import static org.awaitility.Awaitility.await;

import dev.buildkit.api.ControlGrpc;
import dev.buildkit.api.ControlProto.InfoRequest;
import dev.buildkit.api.ControlProto.InfoResponse;
import dev.buildkit.api.ControlProto.StatusRequest;
import dev.buildkit.api.ControlProto.StatusResponse;
import dev.buildkit.api.ControlProto.VertexLog;
import dev.buildkit.api.WorkerProto.BuildkitVersion;
import dev.buildkit.client.transport.Transport;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** A server on loopback that says what it is and how a solve goes, and can do nothing else. */
final class LoopbackDaemon implements AutoCloseable {
  private final Server server;

  /** Starts one that reports a number of log lines of each solve. */
  LoopbackDaemon(int lines) throws IOException {
    server = NettyServerBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            InsecureServerCredentials.create())
        .addService(new Control(lines))
        .build()
        .start();
  }

  Transport transport() {
    return Transport.tcp("127.0.0.1", server.getPort());
  }

  BuildKitClient.Builder client() {
    return BuildKitClient.builder(transport()).connectTimeout(Duration.ofMinutes(1));
  }

  Connection connect() throws InterruptedException {
    return Connection.open(transport(), Duration.ofMinutes(1), Duration.ZERO);
  }

  @Override
  public void close() {
    server.shutdownNow();
    await().atMost(Duration.ofMinutes(1)).until(server::isTerminated);
  }

  private static final class Control extends ControlGrpc.ControlImplBase {
    private final int lines;

    Control(int lines) {
      this.lines = lines;
    }

    @Override
    public void info(InfoRequest request, StreamObserver<InfoResponse> answer) {
      answer.onNext(InfoResponse.newBuilder()
          .setBuildkitVersion(BuildkitVersion.newBuilder().setVersion("v9"))
          .build());
      answer.onCompleted();
    }

    @Override
    public void status(StatusRequest request, StreamObserver<StatusResponse> reports) {
      for (int i = 0; i < lines; i++) {
        reports.onNext(StatusResponse.newBuilder()
            .addLogs(VertexLog.newBuilder().setStream(1))
            .build());
      }
      reports.onCompleted();
    }
  }
}
