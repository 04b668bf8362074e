/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Refusals.assertRefused;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import dev.buildkit.api.OpsProto;
import dev.buildkit.api.OpsProto.FileAction;
import dev.buildkit.api.OpsProto.Input;
import dev.buildkit.api.OpsProto.MergeOp;
import dev.buildkit.api.OpsProto.Mount;
import dev.buildkit.api.OpsProto.MountType;
import dev.buildkit.api.OpsProto.Op;
import dev.buildkit.api.OpsProto.OpMetadata;
import dev.buildkit.api.OpsProto.SourceOp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import nl.jqno.equalsverifier.EqualsVerifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DefinitionTest {
  private static final Definition BUILD =
      State.image("alpine").run("make").marshal(Cases.on(Platform.LINUX_AMD64));
  private static final String REMEDY =
      "; pass the bytes of Definition.toByteArray() or of another BuildKit client's marshal";

  private static final Op SOURCE = Op.newBuilder()
      .setSource(SourceOp.newBuilder().setIdentifier("local://x"))
      .build();
  private static final String SOURCE_DIGEST =
      Digest.sha256(SOURCE.toByteArray()).toString();

  private static byte[] bytes(Op... operations) {
    OpsProto.Definition.Builder definition = OpsProto.Definition.newBuilder();
    for (Op op : operations) {
      definition.addDef(op.toByteString());
    }
    return definition.build().toByteArray();
  }

  private static Op result(String digest, long index) {
    return Op.newBuilder().addInputs(input(digest, index)).build();
  }

  private static Input input(String digest, long index) {
    return Input.newBuilder().setDigest(digest).setIndex(index).build();
  }

  @Test
  void theResultIsNamed() {
    ExecState exec = State.image("alpine").run(Exec.args("x").addMount("/o", State.scratch()));
    Definition definition = exec.mount("/o").marshal();

    ByteString last = definition.toProto().getDef(1);
    assertThat(definition.head()).hasValue(Digest.sha256(last.toByteArray()));
    assertThat(definition.headIndex()).isEqualTo(1);
    assertThat(definition.isEmpty()).isFalse();
    assertThat(definition)
        .hasToString("Definition[2 operations, head " + definition.head().orElseThrow() + "]");
  }

  @Test
  void localDirectoriesOfThisSessionAreNamed() {
    Definition definition = State.merge(
            State.local("b"),
            State.local("a"),
            State.local("b"),
            State.from(LocalSource.of("other").sessionId("s")))
        .marshal();

    assertThat(definition.localNames()).containsExactly("b", "a");
    assertThat(BUILD.localNames()).isEmpty();
  }

  @Test
  void theEmptyFileSystemHasNoOperations() {
    Definition definition = State.scratch().marshal();

    assertThat(definition.isEmpty()).isTrue();
    assertThat(definition.head()).isEmpty();
    assertThat(definition.headIndex()).isZero();
    assertThat(definition.toByteArray()).isEmpty();
    assertThat(definition).hasToString("Definition[empty]");
  }

  @Test
  void streamsAreReadAndWrittenButNotClosed() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream() {
      @Override
      public void close() {
        throw new AssertionError("closed");
      }
    };
    BUILD.writeTo(out);
    InputStream in = new ByteArrayInputStream(out.toByteArray()) {
      @Override
      public void close() {
        throw new AssertionError("closed");
      }
    };

    assertThat(out.toByteArray()).isEqualTo(BUILD.toByteArray());
    assertThat(Definition.parse(in)).isEqualTo(BUILD);
  }

  @Test
  void base64IsReadAndWritten() {
    String text = BUILD.toBase64();

    assertThat(Base64.getDecoder().decode(text)).isEqualTo(BUILD.toByteArray());
    assertThat(Definition.parseBase64(text)).isEqualTo(BUILD);
    // As the base64 command breaks lines.
    assertThat(Definition.parseBase64(text.replaceAll(".{76}", "$0\n") + "\n")).isEqualTo(BUILD);
    assertThat(Definition.parseBase64(text.replaceAll(".{64}", "$0\r\n\t "))).isEqualTo(BUILD);
    assertThat(State.scratch().marshal().toBase64()).isEmpty();
    assertRefused(
        () -> Definition.parseBase64("a*b"),
        "parse definition: 3 characters are no base64: Illegal base64 character 2a; pass the text of"
            + " Definition.toBase64() or the output of the base64 command");
  }

  @Test
  void locationsAreThoseOfOperations() {
    SourceMap file = SourceMap.of("Makefile", "Makefile", "all:\n");
    Exec exec = Exec.args("x")
        .constraints(Constraints.none().addLocation(file.location().line(1)));
    Definition definition = State.image("alpine").run(exec).root().marshal();

    assertThat(definition.locations())
        .containsOnlyKeys(definition.head().orElseThrow())
        .allSatisfy((digest, locations) -> assertThat(locations)
            .singleElement()
            .satisfies(location -> {
              assertThat(location.ranges()).containsExactly(new SourceLocation.Range(1, 0, 1, 0));
              assertThat(location.map().language()).isEqualTo("Makefile");
              assertThat(location.map().content())
                  .isEqualTo("all:\n".getBytes(StandardCharsets.UTF_8));
            }));
    assertThat(BUILD.locations()).isEmpty();
    OpsProto.Definition.Builder other = definition.toProto().toBuilder();
    String head = definition.head().orElseThrow().toString();
    other.getSourceBuilder().putLocations("no digest", other.getSource().getLocationsOrThrow(head));
    assertThat(Definition.parse(other.build().toByteArray()).locations())
        .hasSameSizeAs(definition.locations());
  }

  /** Returns changes of a definition each of which turns the order of some entries. */
  static Stream<Consumer<OpsProto.Definition.Builder>> reversals() {
    return Stream.of(
        message -> message.putAllMetadata(cut(message.getMetadataMap(), message::clearMetadata)),
        message -> metadata(
            message,
            said -> said.putAllDescription(cut(said.getDescriptionMap(), said::clearDescription))),
        message ->
            metadata(message, said -> said.putAllCaps(cut(said.getCapsMap(), said::clearCaps))),
        message -> locations(message.getSourceBuilder()),
        message -> locations(message
            .getSourceBuilder()
            .getInfosBuilder(0)
            .getDefinitionBuilder()
            .getSourceBuilder()));
  }

  private static void metadata(
      OpsProto.Definition.Builder message, Consumer<OpMetadata.Builder> change) {
    message.getMetadataMap().forEach((digest, metadata) -> {
      OpMetadata.Builder changed = metadata.toBuilder();
      change.accept(changed);
      message.putMetadata(digest, changed.build());
    });
  }

  private static void locations(OpsProto.Source.Builder source) {
    source.putAllLocations(cut(source.getLocationsMap(), source::clearLocations));
  }

  /** Returns entries in the opposite order, after removing them from where they are. */
  private static <V> Map<String, V> cut(Map<String, V> entries, Runnable remove) {
    List<String> keys = new ArrayList<>(entries.keySet());
    Collections.reverse(keys);
    Map<String, V> reversed = new LinkedHashMap<>();
    keys.forEach(key -> reversed.put(key, requireNonNull(entries.get(key))));
    remove.run();
    return reversed;
  }

  @ParameterizedTest
  @MethodSource("reversals")
  void entriesAreSortedWhateverTheirOrderWas(Consumer<OpsProto.Definition.Builder> reversal) {
    SourceMap file = SourceMap.of("f", "l", "").state(State.image("a").run("b"));
    Constraints said = Constraints.none()
        .description(Map.of("a", "1", "b", "2"))
        .addLocation(file.location().line(1));
    Definition definition = ImageCases.image("alpine", said).run("make").marshal();
    OpsProto.Definition.Builder message = definition.toProto().toBuilder();

    reversal.accept(message);

    assertThat(message.build().toByteArray()).isNotEqualTo(definition.toByteArray());
    assertThat(Definition.parse(message.build().toByteArray()).toByteArray())
        .isEqualTo(definition.toByteArray());
  }

  @Test
  void capsThatAreNamedAreUsed() {
    OpsProto.Definition.Builder message = BUILD.toProto().toBuilder();
    metadata(message, said -> said.getCapsMap().keySet().forEach(cap -> said.putCaps(cap, false)));

    Definition parsed = Definition.parse(message.build().toByteArray());

    assertThat(parsed).isNotEqualTo(BUILD);
    assertThat(State.from(parsed).marshal()).isEqualTo(BUILD);
  }

  @Test
  void whatIsNoDefinitionIsRefused() {
    assertRefused(
        () -> Definition.parse(new byte[0]),
        "parse definition: there are no operations in 0 bytes" + REMEDY);
    byte[] text = "FROM alpine\nRUN make\n".getBytes(StandardCharsets.UTF_8);
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Definition.parse(text))
        .withMessageStartingWith("parse definition: 21 bytes are no definition: ")
        .withMessageEndingWith(REMEDY);
  }

  @Test
  void truncatedBytesAreRefused() {
    byte[] all = BUILD.toByteArray();
    for (int length = 0; length < all.length; length++) {
      byte[] some = Arrays.copyOf(all, length);
      // What is left can only be a whole definition if just metadata is missing.
      assertThatCode(() -> {
            try {
              assertThat(Definition.parse(some).head()).isEqualTo(BUILD.head());
            } catch (IllegalArgumentException expected) {
              assertThat(expected).hasMessageStartingWith("parse definition: ");
            }
          })
          .doesNotThrowAnyException();
    }
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Definition.parse(Arrays.copyOf(all, all.length - 1)));
  }

  @Test
  void aMissingResultIsRefused() {
    String message =
        "parse definition: the last of 1 operations names no result; was it cut off?" + REMEDY;
    assertRefused(() -> Definition.parse(bytes(SOURCE)), message);
    assertRefused(() -> Definition.parse(bytes(Op.getDefaultInstance())), message);
  }

  @Test
  void aMissingInputIsRefused() {
    assertRefused(
        () -> Definition.parse(bytes(SOURCE, result("sha256:00", 0))),
        "parse definition: operation 1 reads \"sha256:00\", which is missing" + REMEDY);
    Op merge = Op.newBuilder()
        .addInputs(input("x", 0))
        .setMerge(MergeOp.getDefaultInstance())
        .build();
    assertRefused(
        () -> Definition.parse(bytes(SOURCE, merge, result(SOURCE_DIGEST, 0))),
        "parse definition: operation 1 reads \"x\", which is missing" + REMEDY);
  }

  @Test
  void anOutputThatDoesNotExistIsRefused() {
    assertRefused(
        () -> Definition.parse(bytes(SOURCE, result(SOURCE_DIGEST, 1))),
        "parse definition: operation 1 reads output 1 of " + SOURCE_DIGEST + ", which has 1"
            + REMEDY);
    assertRefused(
        () -> Definition.parse(bytes(SOURCE, result(SOURCE_DIGEST, -1))),
        "parse definition: operation 1 reads output -1 of " + SOURCE_DIGEST + ", which has 1"
            + REMEDY);
  }

  /** Operations with one output, which also have what only looks like another. */
  static Stream<Consumer<Op.Builder>> operationsWithOneOutput() {
    return Stream.of(
        op -> op.getExecBuilder()
            .addMounts(Mount.newBuilder().setDest("/"))
            .addMounts(Mount.newBuilder().setDest("/cache").setMountType(MountType.CACHE))
            .addMounts(Mount.newBuilder().setDest("/in").setOutput(-1)),
        op -> op.getFileBuilder()
            .addActions(FileAction.newBuilder().setOutput(-1))
            .addActions(FileAction.newBuilder().setOutput(0)),
        op -> op.addInputs(input(SOURCE_DIGEST, 0))
            .addInputs(input(SOURCE_DIGEST, 0))
            .getPassthroughBuilder()
            .addOutputs(1));
  }

  @ParameterizedTest
  @MethodSource("operationsWithOneOutput")
  void outputsAreCounted(Consumer<Op.Builder> content) {
    Op.Builder builder = Op.newBuilder();
    content.accept(builder);
    Op op = builder.build();
    String digest = Digest.sha256(op.toByteArray()).toString();

    assertThat(Definition.parse(bytes(SOURCE, op, result(digest, 0))).headIndex())
        .isZero();
    assertRefused(
        () -> Definition.parse(bytes(SOURCE, op, result(digest, 1))),
        "parse definition: operation 2 reads output 1 of " + digest + ", which has 1" + REMEDY);
  }

  @Test
  void nobodyKnowsTheOutputsOfANewerOperation() {
    String digest = Digest.sha256(new byte[0]).toString();

    assertThat(
            Definition.parse(bytes(Op.getDefaultInstance(), result(digest, 7))).headIndex())
        .isEqualTo(7);
  }

  @Test
  void aBrokenOperationIsRefused() {
    OpsProto.Definition message = OpsProto.Definition.newBuilder()
        .addDef(ByteString.copyFromUtf8("no op"))
        .addDef(result("x", 0).toByteString())
        .build();

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Definition.parse(message.toByteArray()))
        .withMessageStartingWith("parse definition: operation 0 is broken: ");
  }

  @Property
  void anyBytesAreADefinitionOrRefused(@ForAll byte[] bytes) {
    parseOrRefuse(bytes);
  }

  @Property
  void changedBytesAreADefinitionOrRefused(
      @ForAll @IntRange(max = 400) int at, @ForAll byte replacement) {
    byte[] bytes = BUILD.toByteArray();
    bytes[at % bytes.length] = replacement;

    parseOrRefuse(bytes);
  }

  private static void parseOrRefuse(byte[] bytes) {
    try {
      Definition definition = Definition.parse(bytes);
      // What was accepted must be usable.
      assertThat(State.from(definition).marshal().head()).isEqualTo(definition.head());
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageStartingWith("parse definition: ");
    }
  }

  @Test
  void definitionsAreEqualIfTheirContentIs() {
    EqualsVerifier.forClass(Definition.class)
        .withPrefabValues(
            OpsProto.Definition.class, BUILD.toProto(), OpsProto.Definition.getDefaultInstance())
        .withNonnullFields("message")
        .verify();
  }
}
