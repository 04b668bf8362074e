/* SPDX-License-Identifier: Apache-2.0 */
/** Serves credentials and tokens of registries to the daemon. */
@NullMarked
package dev.buildkit.client.internal.auth;

import org.jspecify.annotations.NullMarked;
