/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.buildkit.llb.Platform;
import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExporterTest {
  private static final ExportTarget NOWHERE =
      response -> Channels.newChannel(new ByteArrayOutputStream());

  @TempDir
  Path temporary;

  @Test
  void typesAreThoseOfTheDaemon() {
    assertThat(Exporter.local(temporary).type()).isEqualTo("local");
    assertThat(Exporter.tar(NOWHERE).type()).isEqualTo("tar");
    assertThat(Exporter.oci(NOWHERE).type()).isEqualTo("oci");
    assertThat(Exporter.docker(NOWHERE).type()).isEqualTo("docker");
    assertThat(Exporter.image("app").type()).isEqualTo("image");
  }

  @Test
  void pushesOfAnImage() {
    assertThat(Exporter.image("example.com/app:1").push().insecureRegistry().attrs())
        .containsExactly(
            entry("name", "example.com/app:1"),
            entry("push", "true"),
            entry("registry.insecure", "true"));
    assertThat(Exporter.image("example.com/app:1").push().store(false).attrs())
        .containsEntry("store", "false");
    assertThat(Exporter.image("example.com/app").pushByDigest().attrs())
        .containsExactly(
            entry("name", "example.com/app"),
            entry("push", "true"),
            entry("push-by-digest", "true"));
  }

  @Test
  void attributesOfAnImage() {
    assertThat(Exporter.image("a")
            .addName("b")
            .compression(Compression.of("nydus"))
            .compressionLevel(22)
            .forceCompression()
            .ociMediaTypes(true)
            .sourceDateEpoch(Instant.ofEpochMilli(1_234_567_890_999L))
            .rewriteTimestamp()
            .annotation("title", "App")
            .annotation(AnnotationType.INDEX, "title", "Apps")
            .annotation(AnnotationType.INDEX_DESCRIPTOR, "k", "v")
            .annotation(AnnotationType.MANIFEST, Platform.LINUX_AMD64, "k", "v")
            .annotation(AnnotationType.MANIFEST_DESCRIPTOR, Platform.LINUX_ARM_V7, "k", "v")
            .attrs())
        .isEqualTo(Map.ofEntries(
            entry("name", "a,b"),
            entry("compression", "nydus"),
            entry("compression-level", "22"),
            entry("force-compression", "true"),
            entry("oci-mediatypes", "true"),
            entry("source-date-epoch", "1234567890"),
            entry("rewrite-timestamp", "true"),
            entry("annotation.title", "App"),
            entry("annotation-index.title", "Apps"),
            entry("annotation-index-descriptor.k", "v"),
            entry("annotation-manifest[linux/amd64].k", "v"),
            entry("annotation-manifest-descriptor[linux/arm/v7].k", "v")));
  }

  @Test
  void attributesOfFiles() {
    Map<String, String> expected =
        Map.of("platform-split", "false", "attestation-prefix", "a-", "source-date-epoch", "0");
    LocalExporter local = Exporter.local(temporary)
        .platformSplit(false)
        .attestationPrefix("a-")
        .sourceDateEpoch(Instant.EPOCH);
    assertThat(local.attrs()).isEqualTo(expected);
    assertThat(Exporter.tar(NOWHERE)
            .platformSplit(false)
            .attestationPrefix("a-")
            .sourceDateEpoch(Instant.EPOCH)
            .attrs())
        .isEqualTo(expected);
  }

  @Test
  void aCopyLeavesTheOriginalAsItWas() {
    OciExporter plain = Exporter.oci(NOWHERE);
    OciExporter named = plain.addName("app");

    assertThat(plain.attrs()).isEmpty();
    assertThat(plain.names()).isEmpty();
    assertThat(named.names()).containsExactly("app");
    assertThat(named.target()).isEqualTo(plain.target());
    assertThatThrownBy(() -> named.attrs().put("k", "v"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aLaterValueTakesThePlaceOfAnEarlierOne() {
    assertThat(Exporter.oci(NOWHERE)
            .compression(Compression.ZSTD)
            .attr("compression", "gzip")
            .attrs())
        .containsExactly(entry("compression", "gzip"));
  }

  @Test
  void theModeIsReadFromTheAttribute() {
    LocalExporter copy = Exporter.local(temporary);
    LocalExporter delete = copy.mode(LocalExporter.Mode.DELETE);

    assertThat(copy.mode()).isEqualTo(LocalExporter.Mode.COPY);
    assertThat(copy.attrs()).isEmpty();
    assertThat(delete.attrs()).containsExactly(entry("mode", "delete"));
    assertThat(delete.mode()).isEqualTo(LocalExporter.Mode.DELETE);
    assertThat(delete.attr("mode", "copy").mode()).isEqualTo(LocalExporter.Mode.COPY);
  }

  @Test
  void namesThatCameAsOneAttributeAreTakenApart() {
    assertThat(Exporter.docker(NOWHERE).attr("name", "a,b").addName("c").names())
        .isEqualTo(List.of("a", "b", "c"));
  }

  static Stream<Arguments> refusals() {
    ImageExporter image = Exporter.image("app");
    OciExporter oci = Exporter.oci(NOWHERE);
    return Stream.of(
        refusal(
            () -> Exporter.image(" "),
            "name of the image: must be one reference, but was: \" \"; add each on its own"),
        refusal(
            () -> oci.addName("a,b"),
            "name of the image: must be one reference, but was: \"a,b\"; add each on its own"),
        refusal(
            () -> oci.attr("", "x"),
            "attribute of the oci exporter: the key is blank; name one of BuildKit's"),
        refusal(
            () -> Exporter.tar(NOWHERE).attr("dest", "x"),
            "attribute dest of the tar exporter: the daemon never sees it;"
                + " say it by the factory Exporter.tar"),
        refusal(
            () -> oci.attr("tar", "false"),
            "attribute tar of the oci exporter: the form follows from the target;"
                + " leave it out to get a tar stream, or use Exporter.ociLayout"),
        refusal(
            () -> Exporter.docker(NOWHERE).attr("push", "true"),
            "attribute push of the docker exporter: the daemon would ignore it;"
                + " use Exporter.image, which pushes and stores"),
        refusal(
            () -> oci.ociMediaTypes(false).compression(Compression.ESTARGZ),
            "attributes of the oci exporter: compression=estargz contradicts oci-mediatypes=false;"
                + " leave one out"),
        refusal(
            () -> image.attr("oci-artifact", "1").attr("oci-mediatypes", "F"),
            "attributes of the image exporter: oci-artifact=true contradicts oci-mediatypes=false;"
                + " leave one out"),
        refusal(
            () -> Exporter.tar(NOWHERE).src(""),
            "attribute src of the tar exporter: the path is empty;"
                + " leave it out to export the whole result"),
        refusal(
            () -> oci.compressionLevel(23),
            "attribute compression-level of the oci exporter: must be from 0 to 22, but was: 23"),
        refusal(
            () -> oci.attr("compression-level", "best"),
            "attribute compression-level of the oci exporter: must be from 0 to 22, but was: best"),
        refusal(
            () -> oci.compressionLevel(10).compression(Compression.GZIP),
            "attribute compression-level of the oci exporter: must be from 0 to 9, but was: 10"),
        refusal(
            () -> oci.annotation(AnnotationType.INDEX, Platform.LINUX_AMD64, "k", "v"),
            "annotation k: the index is that of all platforms; leave linux/amd64 out"),
        refusal(
            () -> oci.annotation(
                AnnotationType.MANIFEST, Platform.WINDOWS_AMD64.osVersion("10.0.1"), "k", "v"),
            "annotation k: BuildKit takes a platform as os, architecture and variant here, but it"
                + " was: windows(10.0.1)/amd64"),
        refusal(
            () -> oci.annotation("a b", "v"),
            "annotation: the key must not be empty or have white space, but was: \"a b\""),
        refusal(() -> Compression.of(""), "compression: the name is blank; give one such as zstd"));
  }

  private static Arguments refusal(Supplier<?> attempt, String message) {
    return arguments(message, attempt);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void whatCannotBeMeantIsRefused(String message, Supplier<?> attempt) {
    assertThatThrownBy(attempt::get)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void anUnknownModeIsRefused() {
    assertThatThrownBy(() -> Exporter.local(temporary).attr("mode", "sync"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("attribute mode of the local exporter: must be copy or delete, but was: sync");
  }

  @Test
  void flagsThatAreOffContradictNothing() {
    assertThat(Exporter.image("app")
            .attr("oci-artifact", "false")
            .attr("oci-mediatypes", "false")
            .attrs())
        .hasSize(3);
  }

  /** Since 0.34. */
  @Test
  void anUnpackedImageMayHaveItsTimesRewritten() {
    assertThat(Exporter.image("app").unpack().rewriteTimestamp().attrs())
        .containsExactly(
            entry("name", "app"), entry("unpack", "true"), entry("rewrite-timestamp", "true"));
  }

  @Test
  void dockersMediaTypesHaveZstd() {
    assertThat(Exporter.oci(NOWHERE)
            .ociMediaTypes(false)
            .compression(Compression.ZSTD)
            .attrs())
        .hasSize(2);
  }

  @Test
  void aDirectoryOfTheResultMayBeExportedAlone() {
    assertThat(Exporter.local(temporary).src("/out").attrs()).containsExactly(entry("src", "/out"));
    assertThat(Exporter.tar(NOWHERE).src("out").attrs()).containsExactly(entry("src", "out"));
    assertThatThrownBy(() -> Exporter.local(temporary).attr("src", ""))
        .hasMessage("attribute src of the local exporter: the path is empty;"
            + " leave it out to export the whole result");
  }

  /** All daemons know the names that 0.34 makes of others. */
  @Test
  void platformsOfAnnotationsAreNormalised() {
    assertThat(Exporter.image("app")
            .annotation(AnnotationType.MANIFEST, Platform.parse("linux/arm64/v8"), "k", "v")
            .annotation(AnnotationType.MANIFEST, Platform.parse("linux/x86_64"), "k", "v")
            .attrs())
        .containsKeys("annotation-manifest[linux/arm64].k", "annotation-manifest[linux/amd64].k");
  }

  @Test
  void anyOtherKindGoesByItsName() {
    Exporter exporter = Exporter.of("moby").attr("name", "a");

    assertThat(exporter.type()).isEqualTo("moby");
    assertThat(exporter.attrs()).isEqualTo(Map.of("name", "a"));
    assertThat(Exporter.image().attrs()).isEmpty();
    assertThatThrownBy(() -> Exporter.of("local"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("exporter type local: use Exporter.local");
    assertThatThrownBy(() -> Exporter.of(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("exporter type must not be blank");
  }
}
