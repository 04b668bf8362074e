/* SPDX-License-Identifier: Apache-2.0 */
/**
 * How a call to a daemon fails: one unchecked exception with a code that says what the caller can
 * do, and one with everything that is known about a failed solve.
 */
@CheckReturnValue
@NullMarked
package dev.buildkit.client.error;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
