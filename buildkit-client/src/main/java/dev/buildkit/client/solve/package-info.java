/* SPDX-License-Identifier: Apache-2.0 */
/** What a solve is asked to do, and what it gives back. */
@NullMarked
@CheckReturnValue
package dev.buildkit.client.solve;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
