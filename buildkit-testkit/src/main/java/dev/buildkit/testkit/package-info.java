/* SPDX-License-Identifier: Apache-2.0 */
/** Placeholder. */
@NullMarked
package dev.buildkit.testkit;

import org.jspecify.annotations.NullMarked;
