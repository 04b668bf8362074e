/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.buildkit.api.OpsProto;
import dev.buildkit.api.OpsProto.Input;
import dev.buildkit.api.OpsProto.Op;
import dev.buildkit.api.OpsProto.WorkerConstraints;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What vertices need to know of the call of marshal that they are part of. */
final class MarshalContext {
  private final Constraints constraints;
  private final IdentityHashMap<Vertex, Digest> digests = new IdentityHashMap<>();
  private final IdentityHashMap<Deferred, State> computed = new IdentityHashMap<>();

  /** Many operations say the same about themselves; one message serves them all. */
  private final Map<Origin, Metadata> merged = new HashMap<>();

  /** What the metadata of an operation is made of, besides the defaults. */
  private record Origin(Metadata own, Set<String> caps) {}

  /**
   * Creates the context of one call.
   *
   * @param constraints are the defaults of all operations; platform and local id are set
   */
  MarshalContext(Constraints constraints) {
    this.constraints = constraints;
  }

  Constraints constraints() {
    return constraints;
  }

  void put(Vertex vertex, Digest digest) {
    digests.put(vertex, digest);
  }

  /** Returns the output that {@code output} stands for; null if that is the empty file system. */
  Output.@Nullable OfVertex resolve(@Nullable Output output) {
    Output resolved = output;
    while (resolved instanceof Deferred deferred) {
      resolved = compute(deferred).output();
    }
    return (Output.OfVertex) resolved;
  }

  /** Returns the metadata of {@code state}. */
  Meta meta(State state) {
    return state.meta().resolve(this::compute);
  }

  private State compute(Deferred deferred) {
    State known = computed.get(deferred);
    if (known == null) {
      known = deferred.compute(constraints.platform().orElseThrow());
      computed.put(deferred, known);
    }
    return known;
  }

  /** Returns the reference to {@code output}, whose vertex has been marshaled. */
  Input input(Output.OfVertex output) {
    Digest digest = digests.get(output.vertex());
    if (digest == null) {
      throw new IllegalStateException(output.vertex() + " is used, but is no input");
    }
    return Input.newBuilder()
        .setDigest(digest.toString())
        .setIndex(output.index())
        .build();
  }

  /**
   * Adds {@code output} to the inputs of an operation, even if it is among them, and returns its index.
   */
  @CanIgnoreReturnValue
  int addInput(@Nullable Output output, Op.Builder op) {
    Output.OfVertex resolved = resolve(output);
    if (resolved == null) {
      return Inputs.NONE;
    }
    op.addInputs(input(resolved));
    return op.getInputsCount() - 1;
  }

  /** Returns the platform of an operation with constraints of its own, else that of the graph. */
  OpsProto.Platform platform(Constraints own) {
    return own.platform().or(constraints::platform).orElseThrow().toProto();
  }

  /** Adds to {@code op} what all operations have, and marshals it. */
  Operation operation(Op.Builder op, Constraints own, Collection<String> caps) {
    // Always there, also when empty.
    op.setConstraints(WorkerConstraints.newBuilder().addAllFilter(constraints.allFilters(own)));
    Metadata metadata = merged.computeIfAbsent(
        new Origin(own.metadata(), Set.copyOf(caps)),
        origin -> constraints.metadata().merge(origin.own).addCaps(origin.caps).canonical());
    return Operation.of(op.build(), metadata, own.locations());
  }
}
