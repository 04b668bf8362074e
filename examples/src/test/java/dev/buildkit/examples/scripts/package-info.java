/* SPDX-License-Identifier: Apache-2.0 */
/** Tests of the project's own scripts. */
@NullMarked
package dev.buildkit.examples.scripts;

import org.jspecify.annotations.NullMarked;
