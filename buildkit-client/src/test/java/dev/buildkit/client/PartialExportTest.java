/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.api.ControlGrpc;
import dev.buildkit.api.ControlProto;
import dev.buildkit.client.export.Exporter;
import io.grpc.Deadline;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartialExportTest {
  private static final OutputStream STREAM = OutputStream.nullOutputStream();

  @Test
  void onlyExportsOfFilesHaveParts() {
    assertThat(PartialExport.wanted(List.of(Exporter.tar(STREAM)))).isEmpty();
    assertThat(PartialExport.wanted(List.of(Exporter.image("a").attr("src", "/x"))))
        .isEmpty();
    assertThat(PartialExport.wanted(
            List.of(Exporter.oci(STREAM), Exporter.tar(STREAM).src("/x"))))
        .contains("/x");
  }

  /** What 0.34.2, 0.32.2 and 0.8 answer. */
  @ParameterizedTest
  @CsvSource({
    "empty value for src; omit it to export the entire filesystem, true",
    "exporter \"buildkit-java-no-exporter\" could not be found, false"
  })
  void theRefusalTellsWhoKnowsIt(String refusal, boolean known) throws Exception {
    assertThat(isKnown(Status.UNKNOWN.withDescription(refusal))).isEqualTo(known);
  }

  @Test
  void anyOtherAnswerIsAFailure() {
    assertThatThrownBy(
            () -> isKnown(Status.UNAVAILABLE.withDescription("empty value for src: no, gone")))
        .isInstanceOf(ExecutionException.class);
    assertThatThrownBy(() -> isKnown(Status.UNKNOWN.withDescription("no default worker")))
        .isInstanceOf(ExecutionException.class);
  }

  private static boolean isKnown(Status refusal) throws Exception {
    Server server = NettyServerBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            InsecureServerCredentials.create())
        .addService(new Refusing(refusal))
        .build()
        .start();
    ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
        .usePlaintext()
        .build();
    try {
      return PartialExport.isKnown(channel, Deadline.after(1, TimeUnit.MINUTES));
    } finally {
      channel.shutdownNow();
      server.shutdownNow();
    }
  }

  private static final class Refusing extends ControlGrpc.ControlImplBase {
    private final Status refusal;

    Refusing(Status refusal) {
      this.refusal = refusal;
    }

    @Override
    public void solve(
        ControlProto.SolveRequest request, StreamObserver<ControlProto.SolveResponse> answer) {
      answer.onError(refusal.asRuntimeException());
    }
  }
}
