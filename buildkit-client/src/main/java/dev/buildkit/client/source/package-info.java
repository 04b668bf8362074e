/* SPDX-License-Identifier: Apache-2.0 */
/** What a daemon finds out about sources without loading them. */
@NullMarked
@CheckReturnValue
package dev.buildkit.client.source;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
