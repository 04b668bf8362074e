/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.session.Uploads;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.llb.HttpSource;
import dev.buildkit.llb.State;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams of this process are files and contexts of a build. */
@IntegrationTest
class UploadsIT {
  private final String text = UUID.randomUUID().toString();

  @TempDir
  private Path directory;

  @Test
  void aStreamIsAFileWithItsName(BuildKitClient client) throws Exception {
    solve(client, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));

    assertThat(directory.resolve("out/file.txt")).hasContent(text);
  }

  @Test
  void aTarStreamIsTheContextOfADockerfile(BuildKitClient client) throws Exception {
    Uploads uploads = Uploads.empty()
        .add("context.tar", tar("Dockerfile", "FROM scratch\nCOPY text /copy\n", "text", text));

    client.solve(SolveRequest.frontend("dockerfile.v0")
        .frontendAttr("context", uploads.url("context.tar"))
        .attach(uploads)
        .export(Exporter.local(directory.resolve("out")))
        .build());

    assertThat(directory.resolve("out/copy")).hasContent(text);
  }

  @Test
  void aStreamThatBreaksFailsTheSolveWithItsReason(BuildKitClient client) {
    InputStream broken = new PipedInputStream();

    assertThatThrownBy(() -> solve(client, broken)).hasMessageContaining("Pipe not connected");
  }

  private void solve(BuildKitClient client, InputStream stream) throws InterruptedException {
    Uploads uploads = Uploads.empty().add("file.txt", stream);
    client.solve(SolveRequest.definition(
            State.from(HttpSource.of(uploads.url("file.txt"))).marshal())
        .attach(uploads)
        .export(Exporter.local(directory.resolve("out")))
        .build());
  }

  private static InputStream tar(String... namesAndTexts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        byte[] content = namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(namesAndTexts[i]);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }
}
