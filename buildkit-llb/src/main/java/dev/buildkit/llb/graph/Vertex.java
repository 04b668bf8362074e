/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import dev.buildkit.llb.Digest;
import dev.buildkit.llb.Platform;
import dev.buildkit.llb.SourceLocation;
import java.util.List;
import java.util.Optional;

/**
 * An operation in a graph.
 *
 * <p>Two vertices are equal only if they are the same one of the same {@link Graph}; compare {@link
 * #digest()} across graphs.
 */
public final class Vertex {
  private final Operation operation;
  private final List<Edge> inputs;
  private final List<SourceLocation> locations;
  private final Op op;
  private final Optional<Platform> platform;
  private final OpMetadata metadata;

  Vertex(Operation operation, List<Edge> inputs, List<SourceLocation> locations) {
    Door door = new Door(operation.digest().toString());
    this.operation = operation;
    this.inputs = List.copyOf(inputs);
    this.locations = List.copyOf(locations);
    this.op = new OpReader(operation.op(), door).read();
    this.platform = PlatformReader.read(operation.op(), door);
    this.metadata = MetadataReader.read(operation.metadata());
  }

  /** Returns the digest of the operation's bytes, which names it everywhere in BuildKit. */
  public Digest digest() {
    return operation.digest();
  }

  /** Returns what it does. */
  public Op op() {
    return op;
  }

  /** Returns what it reads, in the order that {@link #op()} counts them in. */
  public List<Edge> inputs() {
    return inputs;
  }

  /** Returns what it runs on or is made for; only commands and images have one. */
  public Optional<Platform> platform() {
    return platform;
  }

  /** Returns filters that a worker must pass to run it, in containerd's syntax. */
  public List<String> workerFilters() {
    return operation.op().getConstraints().getFilterList();
  }

  /** Returns what is said about it. */
  public OpMetadata metadata() {
    return metadata;
  }

  /** Returns where it was written. */
  public List<SourceLocation> locations() {
    return locations;
  }

  /**
   * Returns what progress shows for it: its custom name, or what it does, such as {@code mkdir /a}.
   *
   * <p>The names of merge and diff operations hold those of their inputs. They end with an ellipsis
   * after some thousand characters.
   */
  public String name() {
    return VertexName.of(this);
  }

  Operation operation() {
    return operation;
  }

  /** Returns the digest and the name. */
  @Override
  public String toString() {
    return "Vertex[" + digest() + " " + name() + "]";
  }
}
