/* SPDX-License-Identifier: Apache-2.0 */
/** Turns the daemon's status messages into progress records and remembers what errors quote. */
@NullMarked
@CheckReturnValue
package dev.buildkit.client.internal.progress;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
