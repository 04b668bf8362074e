/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.buildkit.api.ContentGrpc;
import dev.buildkit.api.ContentProto.Info;
import dev.buildkit.api.ContentProto.InfoRequest;
import dev.buildkit.api.ContentProto.InfoResponse;
import dev.buildkit.api.ContentProto.ReadContentRequest;
import dev.buildkit.api.ContentProto.ReadContentResponse;
import dev.buildkit.client.session.Attachable;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Serves the blobs of an OCI layout to the daemon, whatever the name of the store is. */
final class LayoutStore extends ContentGrpc.ContentImplBase implements Attachable {
  private static final String BLOBS = "blobs/sha256/";

  private final Map<String, byte[]> blobs = new HashMap<>();

  /** Reads an archive of a layout. */
  LayoutStore(byte[] tar) throws IOException {
    try (TarArchiveInputStream archive = new TarArchiveInputStream(new ByteArrayInputStream(tar))) {
      for (TarArchiveEntry entry = archive.getNextEntry();
          entry != null;
          entry = archive.getNextEntry()) {
        if (entry.getName().startsWith(BLOBS) && entry.isFile()) {
          String hex = entry.getName().substring(BLOBS.length());
          blobs.put("sha256:" + hex, archive.readAllBytes());
        }
      }
    }
    assertThat(blobs).isNotEmpty();
  }

  @Override
  public List<ServerServiceDefinition> services() {
    return List.of(bindService());
  }

  @Override
  public void info(InfoRequest request, StreamObserver<InfoResponse> answer) {
    byte[] blob = blobs.get(request.getDigest());
    if (blob == null) {
      answer.onError(Status.NOT_FOUND.asException());
      return;
    }
    Info info =
        Info.newBuilder().setDigest(request.getDigest()).setSize(blob.length).build();
    answer.onNext(InfoResponse.newBuilder().setInfo(info).build());
    answer.onCompleted();
  }

  @Override
  public void read(ReadContentRequest request, StreamObserver<ReadContentResponse> answer) {
    byte[] blob = blobs.get(request.getDigest());
    if (blob == null) {
      answer.onError(Status.NOT_FOUND.asException());
      return;
    }
    int offset = (int) request.getOffset();
    int left = blob.length - offset;
    int size = request.getSize() == 0 ? left : (int) Math.min(left, request.getSize());
    answer.onNext(ReadContentResponse.newBuilder()
        .setData(ByteString.copyFrom(blob, offset, size))
        .build());
    answer.onCompleted();
  }
}
