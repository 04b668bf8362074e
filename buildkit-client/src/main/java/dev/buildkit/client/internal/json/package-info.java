/* SPDX-License-Identifier: Apache-2.0 */
/** JSON that the client writes. */
@NullMarked
@CheckReturnValue
package dev.buildkit.client.internal.json;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
