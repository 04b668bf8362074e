/* SPDX-License-Identifier: Apache-2.0 */
/** Measures this SDK beside BuildKit's own {@code buildctl}, on one daemon and in one run. */
@NullMarked
package dev.buildkit.examples.benchmark;

import org.jspecify.annotations.NullMarked;
