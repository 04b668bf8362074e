/* SPDX-License-Identifier: Apache-2.0 */
/** What the packages of this module share. It is not for users and may change at any time. */
@NullMarked
@CheckReturnValue
package dev.buildkit.llb.internal;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
