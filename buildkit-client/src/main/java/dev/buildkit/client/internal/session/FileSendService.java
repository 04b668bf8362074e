/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.session;

import dev.buildkit.api.FileSendGrpc;
import dev.buildkit.client.internal.fsutil.Packet;
import dev.buildkit.client.internal.fsutil.PacketMarshaller;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerServiceDefinition;
import java.io.InputStream;

/**
 * The service by which a daemon sends results: {@code moby.filesync.v1.FileSend}.
 *
 * <p>Its messages are of one of two kinds, which only the exporter tells; so they come as they are.
 * Handlers write to the disk: the executor of the server must be one that may block.
 */
public final class FileSendService {
  private static final MethodDescriptor<InputStream, Packet> DIFF_COPY =
      FileSendGrpc.getDiffCopyMethod().toBuilder(new RawMarshaller(), PacketMarshaller.INSTANCE)
          .build();

  /** Returns the service for the exporters of one solve. */
  public static ServerServiceDefinition of(ReceivedExports exports) {
    return ServerServiceDefinition.builder(FileSendGrpc.SERVICE_NAME)
        .addMethod(DIFF_COPY, (call, headers) -> FileSendCall.start(call, headers, exports))
        .build();
  }

  /** Leaves a message in the buffers of the transport, where it is until its handler returns. */
  private static final class RawMarshaller implements Marshaller<InputStream> {
    @Override
    public InputStream stream(InputStream message) {
      return message;
    }

    @Override
    public InputStream parse(InputStream message) {
      return message;
    }
  }

  private FileSendService() {}
}
