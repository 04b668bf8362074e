/* SPDX-License-Identifier: Apache-2.0 */
/** Private keys that sign as SSH wants it, and the files that they are in. */
@NullMarked
package dev.buildkit.client.internal.ssh;

import org.jspecify.annotations.NullMarked;
