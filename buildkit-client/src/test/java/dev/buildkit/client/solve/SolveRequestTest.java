/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.file.MemoryFileTree;
import dev.buildkit.client.session.Secrets;
import dev.buildkit.llb.State;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SolveRequestTest {
  @Test
  void scratchCannotBeSolved() {
    assertThatThrownBy(() -> SolveRequest.definition(State.scratch().marshal()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("solve a definition: it is empty (scratch); add an operation to the state");
  }

  @Test
  void sharedKeysMayHaveAnyCharacters() {
    SolveRequest.Builder request = SolveRequest.frontend("dockerfile.v0");

    assertThat(request.sharedKey("/home/j\u00fcrgen/app\n").build().sharedKey())
        .isEqualTo("/home/j\u00fcrgen/app\n");
  }

  @Test
  void blankFrontendIsRefused() {
    assertThatThrownBy(() -> SolveRequest.frontend(" "))
        .hasMessage("frontend must not be blank; use dockerfile.v0 or gateway.v0");
  }

  @Test
  void missingLocalDirectoryIsRefusedAtOnce(@TempDir Path directory) {
    Path missing = directory.resolve("missing");

    assertThatThrownBy(() -> SolveRequest.frontend("dockerfile.v0").localDir("context", missing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("local directory context: ")
        .hasMessageContaining(missing.toString());
  }

  @Test
  void localDirectoriesOfTheGraphMustBeGiven() {
    State graph = State.local("src").copy(State.local("lib"), "/", "/lib");
    SolveRequest.Builder builder =
        SolveRequest.definition(graph.marshal()).localDir("src", MemoryFileTree.empty());

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith(
            ": it reads the local directory lib, which is not given; add localDir(\"lib\", ...)");
    assertThat(builder.localDir("lib", MemoryFileTree.empty()).build().localDirs())
        .containsOnlyKeys("src", "lib");
  }

  @Test
  void localDirectoriesAreGivenOnce() {
    SolveRequest.Builder builder =
        SolveRequest.frontend("dockerfile.v0").localDir("context", MemoryFileTree.empty());

    assertThatThrownBy(() -> builder.localDir("context", MemoryFileTree.empty()))
        .hasMessage("local directory context is given twice");
  }

  @Test
  void timeoutMustBePositive() {
    assertThatThrownBy(() -> SolveRequest.frontend("dockerfile.v0").timeout(Duration.ZERO))
        .hasMessage("timeout must be positive, but was: PT0S");
  }

  @Test
  void laterChangesToTheBuilderDoNotShow() {
    SolveRequest.Builder builder = SolveRequest.frontend("dockerfile.v0").frontendAttr("a", "1");
    SolveRequest request = builder.build();
    builder.frontendAttr("b", "2").attach(Secrets.empty());

    assertThat(request.frontendAttrs()).containsOnlyKeys("a");
    assertThat(request.attachables()).isEmpty();
  }

  @Test
  void toBuilderHoldsAll() {
    SolveRequest request = SolveRequest.frontend("dockerfile.v0")
        .frontendAttr("target", "app")
        .frontendInput("base", State.image("busybox").marshal())
        .localDir("context", MemoryFileTree.empty())
        .attach(Secrets.empty())
        .export(Exporter.tar(new ByteArrayOutputStream()))
        .importCache(CacheOptions.inline())
        .exportCache(CacheOptions.registry("example.com/cache"))
        .allow(Entitlement.SECURITY_INSECURE)
        .progress(status -> {})
        .ref("ref")
        .timeout(Duration.ofMinutes(1))
        .sharedKey("key")
        .internal()
        .build();

    assertThat(request.toBuilder().build()).usingRecursiveComparison().isEqualTo(request);
  }

  @Test
  void oneSolveWritesOneLayout(@TempDir Path directory) {
    SolveRequest.Builder request = SolveRequest.definition(
            State.image("busybox").marshal())
        .export(Exporter.ociLayout(directory));
    Exporter second = Exporter.dockerLayout(directory.resolve("other"));

    assertThatThrownBy(() -> request.export(second))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "export docker{tar=false}: another exporter of this solve writes an OCI layout, too;"
                + " solve once for each");
  }

  @Test
  void aLocalCacheHasItsDirectoryFromTheFactory() {
    CacheOptions cache = CacheOptions.local(Path.of("cache")).attr("mode", "max");

    assertThat(cache.directory()).hasValue(Path.of("cache").toAbsolutePath());
    assertThat(cache.attrs()).isEqualTo(Map.of("mode", "max"));
    assertThatThrownBy(() -> cache.attr("dest", "elsewhere"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cache local: attribute dest is the directory; give it to CacheOptions.local");
    assertThatThrownBy(() -> CacheOptions.of("local"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cache type local: use CacheOptions.local");
  }

  @Test
  void toStringShowsNoValue() {
    SolveRequest request = SolveRequest.frontend("dockerfile.v0")
        .frontendAttr("build-arg:TOKEN", "s3cr3t")
        .localDir("context", MemoryFileTree.empty())
        .export(Exporter.image("example.com/app"))
        .build();

    assertThat(request)
        .hasToString(
            "SolveRequest[dockerfile.v0, attrs [build-arg:TOKEN], local [context], export [image]]");
  }
}
