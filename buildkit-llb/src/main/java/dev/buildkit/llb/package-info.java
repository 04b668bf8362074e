/* SPDX-License-Identifier: Apache-2.0 */
/** Placeholder. */
@NullMarked
package dev.buildkit.llb;

import org.jspecify.annotations.NullMarked;
