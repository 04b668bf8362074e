/* SPDX-License-Identifier: Apache-2.0 */
/** One small program for each task, and the quickstart. */
@NullMarked
package dev.buildkit.examples;

import org.jspecify.annotations.NullMarked;
