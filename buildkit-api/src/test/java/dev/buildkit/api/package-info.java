/* SPDX-License-Identifier: Apache-2.0 */
/** Compares the descriptions of the wire with the facts. */
@NullMarked
package dev.buildkit.api;

import org.jspecify.annotations.NullMarked;
