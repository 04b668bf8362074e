/* SPDX-License-Identifier: Apache-2.0 */
/** What a fuzzer calls. */
@NullMarked
package dev.buildkit.llb.fuzz;

import org.jspecify.annotations.NullMarked;
