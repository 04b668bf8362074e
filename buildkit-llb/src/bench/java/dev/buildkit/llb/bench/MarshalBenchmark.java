/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.bench;

import dev.buildkit.llb.Constraints;
import dev.buildkit.llb.Definition;
import dev.buildkit.llb.Platform;
import dev.buildkit.llb.State;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/** Times of one call, and with {@code -prof gc} the bytes that it allocates. */
@org.openjdk.jmh.annotations.State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgs = "-Xmx2g")
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class MarshalBenchmark {
  private static final Constraints LINUX = Constraints.none().platform(Platform.LINUX_AMD64);

  /** The form of the graph; see {@link Shape}. */
  @Param({"chain", "diamonds", "merge"})
  public String shape = "";

  /** How many operations it has, more or less. */
  @Param({"1000", "10000", "100000"})
  public int operations;

  private State graph = State.scratch();
  private byte[] bytes = {};

  /** Builds the graph, and its definition. */
  @Setup(Level.Trial)
  public void build() {
    graph = Shape.valueOf(shape.toUpperCase(Locale.ROOT)).graph(operations);
    bytes = marshal().toByteArray();
  }

  /** Turns the graph into its definition. */
  @Benchmark
  public Definition marshal() {
    return graph.marshal(LINUX);
  }

  /** Reads the definition. */
  @Benchmark
  public Definition parse() {
    return Definition.parse(bytes);
  }
}
