/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.export.LocalExporter;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.SolveResult;
import dev.buildkit.llb.Definition;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.State;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of export, to every kind of target. */
@IntegrationTest
class ExportersIT {
  private static final Definition HELLO = State.scratch()
      .file(FileAction.mkdir("/etc", 0750), FileAction.mkfile("/etc/hello", 0640, "hello\n"))
      .marshal();

  @TempDir
  private Path directory;

  /** The formats that are one stream, each with an entry that only it has. */
  enum Format {
    TAR("etc/hello"),
    OCI("oci-layout"),
    DOCKER("manifest.json");

    private final String entry;

    Format(String entry) {
      this.entry = entry;
    }

    Exporter to(Path file) {
      return switch (this) {
        case TAR -> Exporter.tar(file);
        case OCI -> Exporter.oci(file);
        case DOCKER -> Exporter.docker(file);
      };
    }

    Exporter to(ByteArrayOutputStream stream) {
      return switch (this) {
        case TAR -> Exporter.tar(stream);
        case OCI -> Exporter.oci(stream);
        case DOCKER -> Exporter.docker(stream);
      };
    }

    Exporter toChannel(ByteArrayOutputStream stream) {
      return switch (this) {
        case TAR -> Exporter.tar(Channels.newChannel(stream));
        case OCI -> Exporter.oci(Channels.newChannel(stream));
        case DOCKER -> Exporter.docker(Channels.newChannel(stream));
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  @Requires({Capability.IMAGE_ARCHIVES, Capability.SEVERAL_EXPORTERS})
  void formatsGoToFilesStreamsAndChannelsInOneSolve(Format format, BuildKitClient client)
      throws Exception {
    Path file = directory.resolve("result.tar");
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    ByteArrayOutputStream channel = new ByteArrayOutputStream();

    client.solve(SolveRequest.definition(HELLO)
        .export(format.to(file))
        .export(format.to(stream))
        .export(format.toChannel(channel))
        .build());

    assertThat(entries(Files.readAllBytes(file))).contains(format.entry);
    assertThat(entries(stream.toByteArray())).contains(format.entry);
    assertThat(entries(channel.toByteArray())).contains(format.entry);
  }

  @Test
  void filesArriveWithTheirPermissions(BuildKitClient client) throws Exception {
    Path out = directory.resolve("out");

    client.solve(SolveRequest.definition(HELLO).export(Exporter.local(out)).build());

    assertThat(out.resolve("etc/hello")).hasContent("hello\n");
    assertThat(Files.getAttribute(out.resolve("etc/hello"), "unix:mode")).isEqualTo(0100640);
    assertThat(Files.getAttribute(out.resolve("etc"), "unix:mode")).isEqualTo(0040750);
  }

  @Test
  @Requires(Capability.LOCAL_DELETE)
  void mirrorDeletesWhatIsNotInTheResultAndCopyKeepsIt(BuildKitClient client) throws Exception {
    Path stale = Files.writeString(directory.resolve("stale"), "old");

    client.solve(
        SolveRequest.definition(HELLO).export(Exporter.local(directory)).build());
    assertThat(stale).exists();

    client.solve(SolveRequest.definition(HELLO)
        .export(Exporter.local(directory).mode(LocalExporter.Mode.DELETE))
        .build());
    assertThat(stale).doesNotExist();
    assertThat(directory.resolve("etc/hello")).exists();
  }

  @Test
  @Requires(Capability.IMAGE_ARCHIVES)
  void imagesHaveDigests(BuildKitClient client) throws Exception {
    SolveResult result = client.solve(SolveRequest.definition(HELLO)
        .export(Exporter.oci(new ByteArrayOutputStream()).addName("example.com/hello:1"))
        .build());

    assertThat(result.imageDigest()).isPresent();
    assertThat(result.configDigest()).isPresent();
    assertThat(result.imageName()).contains("example.com/hello:1");
    assertThat(result.imageDescriptor().orElseThrow().digest())
        .isEqualTo(result.imageDigest().orElseThrow());
  }

  @Test
  @Requires({Capability.IMAGE_ARCHIVES, Capability.SEVERAL_EXPORTERS, Capability.ERROR_DETAILS})
  void failedSolveLeavesWhatWasThere(BuildKitClient client) throws Exception {
    Path file = Files.writeString(directory.resolve("image.tar"), "old");
    Path out = directory.resolve("out");
    SolveRequest failing = SolveRequest.definition(
            State.image("busybox").run("exit 9").marshal())
        .export(Exporter.oci(file))
        .export(Exporter.local(out))
        .build();

    assertThatThrownBy(() -> client.solve(failing))
        .isInstanceOfSatisfying(
            SolveException.class, e -> assertThat(e.exitCode()).hasValue(9));
    assertThat(file).hasContent("old");
    assertThat(out).doesNotExist();
    assertThat(directory).isDirectoryContaining(path -> path.equals(file));
  }

  private static Set<String> entries(byte[] tar) throws IOException {
    Set<String> names = new TreeSet<>();
    try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(tar))) {
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }
}
