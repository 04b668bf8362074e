/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import dev.buildkit.api.OpsProto;
import dev.buildkit.api.OpsProto.Input;
import dev.buildkit.api.OpsProto.Op;
import dev.buildkit.api.OpsProto.OpMetadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The operations of a definition as vertices, which keep their bytes whatever the constraints. */
final class DefinitionGraph {
  private final OpsProto.Definition message;
  private final Map<String, List<SourceLocation>> locations;
  private final Map<String, Op> operations = new HashMap<>();
  private final Map<String, ByteString> bytes = new HashMap<>();
  private final Map<Input, Vertex> vertices = new HashMap<>();

  private DefinitionGraph(OpsProto.Definition message) {
    this.message = message;
    this.locations = SourceMaps.read(message.getSource());
    for (int i = 0; i < message.getDefCount(); i++) {
      String digest = Digest.sha256(message.getDef(i).asReadOnlyByteBuffer()).toString();
      operations.put(digest, DefinitionParser.operation(message, i));
      bytes.put(digest, message.getDef(i));
    }
  }

  /** Returns the result of a definition that is not empty. */
  static Output result(OpsProto.Definition message) {
    Op last = DefinitionParser.operation(message, message.getDefCount() - 1);
    return new DefinitionGraph(message).output(last.getInputs(0));
  }

  private Output output(Input input) {
    Op op = requireNonNull(operations.get(input.getDigest()));
    return new Output.OfVertex(
        vertices.computeIfAbsent(input, Known::new),
        Math.toIntExact(input.getIndex()),
        op.hasPlatform() ? Platform.of(op.getPlatform()) : null);
  }

  /** An operation that was marshaled before. */
  private final class Known implements Vertex {
    private final String digest;

    Known(Input input) {
      this.digest = input.getDigest();
    }

    @Override
    public List<Output> inputs() {
      return requireNonNull(operations.get(digest)).getInputsList().stream()
          .map(DefinitionGraph.this::output)
          .toList();
    }

    @Override
    public Operation marshal(MarshalContext context) {
      OpMetadata metadata = message.getMetadataOrDefault(digest, OpMetadata.getDefaultInstance());
      return new Operation(
          requireNonNull(bytes.get(digest)),
          Digest.parse(digest),
          Metadata.NONE.merge(Metadata.of(metadata)),
          locations.getOrDefault(digest, List.of()));
    }

    @Override
    public String toString() {
      return digest;
    }
  }
}
