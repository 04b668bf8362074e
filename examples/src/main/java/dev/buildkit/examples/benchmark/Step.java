/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.benchmark;

/**
 * A build that is measured.
 *
 * @param name what the table calls it
 */
record Step(String name, Build build) {}
