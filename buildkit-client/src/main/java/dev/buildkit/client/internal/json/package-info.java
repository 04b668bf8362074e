/* SPDX-License-Identifier: Apache-2.0 */
/** JSON that the client reads and writes, and all that knows Jackson. */
@NullMarked
@CheckReturnValue
package dev.buildkit.client.internal.json;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
