/* SPDX-License-Identifier: Apache-2.0 */
/** The connection to a BuildKit daemon, and what can be asked of it. */
@NullMarked
@CheckReturnValue
package dev.buildkit.client;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
