/* SPDX-License-Identifier: Apache-2.0 */
/** Tests of the examples, and the example of a test. */
@NullMarked
package dev.buildkit.examples;

import org.jspecify.annotations.NullMarked;
