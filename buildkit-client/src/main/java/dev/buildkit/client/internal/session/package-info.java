/* SPDX-License-Identifier: Apache-2.0 */
/** The services that a daemon calls during a solve, over the session that the client opened. */
@NullMarked
package dev.buildkit.client.internal.session;

import org.jspecify.annotations.NullMarked;
