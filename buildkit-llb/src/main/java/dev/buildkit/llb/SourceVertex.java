/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import dev.buildkit.api.OpsProto.Op;
import dev.buildkit.api.OpsProto.SourceOp;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** An operation that reads nothing and yields the files of a source. */
final class SourceVertex implements Vertex {
  private static final String LOCAL_SESSION = "local.session";
  private static final String LOCAL_UNIQUE = "local.unique";

  private final String identifier;
  private final Attrs attrs;
  private final @Nullable String cap;
  private final Constraints constraints;

  /**
   * Creates the operation.
   *
   * @param cap is what every source of this kind demands of the daemon; null for nothing
   */
  SourceVertex(String identifier, Attrs attrs, @Nullable String cap, Constraints constraints) {
    this.identifier = identifier;
    this.attrs = attrs;
    this.cap = cap;
    this.constraints = constraints;
  }

  @Override
  public List<Output> inputs() {
    return List.of();
  }

  @Override
  public Operation marshal(MarshalContext context) {
    SortedMap<String, String> values = attrs.values();
    Set<String> caps = attrs.caps();
    if (cap != null) {
      caps.add(cap);
    }
    if (identifier.startsWith("local://") && !values.containsKey(LOCAL_SESSION)) {
      values.put(
          LOCAL_UNIQUE,
          constraints.localUniqueId().or(context.constraints()::localUniqueId).orElse(""));
      caps.add(Caps.SOURCE_LOCAL_UNIQUE);
    }
    Op.Builder op = Op.newBuilder()
        .setSource(SourceOp.newBuilder().setIdentifier(identifier).putAllAttrs(values));
    if (isPlatformSpecific()) {
      op.setPlatform(context.platform(constraints));
    }
    return context.operation(op, constraints, caps);
  }

  private boolean isPlatformSpecific() {
    return identifier.startsWith("docker-image://") || identifier.startsWith("oci-layout://");
  }

  @Override
  public String toString() {
    return identifier;
  }
}
