/* SPDX-License-Identifier: Apache-2.0 */
/** How fast graphs become definitions, and back. */
@NullMarked
package dev.buildkit.llb.bench;

import org.jspecify.annotations.NullMarked;
