/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import com.google.protobuf.ByteString;
import dev.buildkit.api.OpsProto;
import dev.buildkit.api.OpsProto.Op;
import dev.buildkit.api.OpsProto.OpMetadata;
import dev.buildkit.llb.internal.Utf8;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Turns a graph into a definition: every operation once, inputs before those that read them.
 *
 * <p>The time is linear in the graph, and the stack does not grow with its depth.
 */
final class Marshaler {
  private final MarshalContext context;
  private final List<ByteString> operations = new ArrayList<>();
  private final Map<String, Metadata> metadata = new HashMap<>();
  private final SourceMaps sources = new SourceMaps();

  private Marshaler(Constraints constraints) {
    this.context = new MarshalContext(constraints);
  }

  /** Returns the definition of {@code result}, with {@code constraints} as defaults. */
  static Definition marshal(@Nullable Output result, Constraints constraints) {
    Marshaler marshaler = new Marshaler(constraints);
    Output.OfVertex resolved = marshaler.context.resolve(result);
    if (resolved == null) {
      return Definition.EMPTY;
    }
    PostOrder.visit(resolved.vertex(), marshaler::inputs, marshaler::add);
    return marshaler.definition(resolved);
  }

  private List<Vertex> inputs(Vertex vertex) {
    List<Vertex> inputs = new ArrayList<>();
    for (Output input : vertex.inputs()) {
      Output.OfVertex resolved = context.resolve(input);
      if (resolved != null) {
        inputs.add(resolved.vertex());
      }
    }
    return inputs;
  }

  private void add(Vertex vertex) {
    Operation operation = vertex.marshal(context);
    String digest = operation.digest().toString();
    context.put(vertex, operation.digest());
    sources.add(digest, operation.locations());
    Metadata before = metadata.get(digest);
    if (before == null) {
      operations.add(operation.bytes());
      metadata.put(digest, operation.metadata());
    } else {
      // Equal operations become one; what is said about each of them is said about that one.
      metadata.put(digest, before.merge(operation.metadata()));
    }
  }

  private Definition definition(Output.OfVertex result) {
    OpsProto.Definition.Builder definition = OpsProto.Definition.newBuilder();
    definition.addAllDef(operations);
    definition.setSource(sources.toProto(context.constraints()));

    Set<String> caps = capsOfAll();
    Operation last = Operation.of(
        Op.newBuilder().addInputs(context.input(result)).build(),
        Metadata.NONE.addCaps(caps),
        List.of());
    definition.addDef(last.bytes());
    metadata.put(last.digest().toString(), last.metadata());
    Utf8.sorted(metadata).forEach((digest, m) -> definition.putMetadata(digest, m.toProto()));
    return Definition.of(definition.build());
  }

  private Set<String> capsOfAll() {
    Set<String> caps = new TreeSet<>(Set.of(Caps.CONSTRAINTS, Caps.PLATFORM));
    for (Metadata each : metadata.values()) {
      OpMetadata message = each.toProto();
      if (message.getIgnoreCache()) {
        caps.add(Caps.META_IGNORE_CACHE);
      }
      if (message.getDescriptionCount() > 0) {
        caps.add(Caps.META_DESCRIPTION);
      }
      if (message.hasExportCache()) {
        caps.add(Caps.META_EXPORT_CACHE);
      }
    }
    return caps;
  }
}
