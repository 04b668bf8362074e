/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

/**
 * What an operation does.
 *
 * <p>Indexes of inputs count {@link Vertex#inputs()} from 0, and -1 stands for an empty file system.
 */
public sealed interface Op
    permits SourceOp, ExecOp, FileOp, MergeOp, DiffOp, BuildOp, PassthroughOp, UnknownOp {}
