/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

/**
 * Makes what was changed from one file system to another.
 *
 * @param lower the index of the input that it starts from, or -1
 * @param upper the index of the input that it leads to, or -1
 */
public record DiffOp(int lower, int upper) implements Op {}
