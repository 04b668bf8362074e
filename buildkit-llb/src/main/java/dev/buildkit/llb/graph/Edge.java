/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

/**
 * An output of an operation.
 *
 * @param index which output, counted from 0
 */
public record Edge(Vertex vertex, int index) {}
