/* SPDX-License-Identifier: Apache-2.0 */
/** Where a BuildKit daemon is and how its bytes are reached. */
@NullMarked
package dev.buildkit.client.transport;

import org.jspecify.annotations.NullMarked;
