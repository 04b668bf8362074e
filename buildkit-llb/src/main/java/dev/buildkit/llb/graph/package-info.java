/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Reads, prints and compares graphs of operations.
 *
 * <p>{@link dev.buildkit.llb.graph.Graph#of} opens a {@link dev.buildkit.llb.Definition}, made by this
 * library or by any other program. {@link dev.buildkit.llb.graph.GraphPrinter} prints it for people and for
 * tools, and {@link dev.buildkit.llb.graph.GraphDiff} tells which operations of two graphs differ and why,
 * which is why the second one misses the cache of the first.
 *
 * <p>Operations and what belongs to them are records with the names of BuildKit's protocol: plain data,
 * of which every field can be read. All values are immutable, and no method's stack grows with the depth
 * of a graph.
 */
@NullMarked
@CheckReturnValue
package dev.buildkit.llb.graph;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
