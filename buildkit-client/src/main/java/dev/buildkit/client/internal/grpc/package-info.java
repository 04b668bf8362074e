/* SPDX-License-Identifier: Apache-2.0 */
/** Turns what gRPC and the transports report into the exceptions of the public API. */
@CheckReturnValue
@NullMarked
package dev.buildkit.client.internal.grpc;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
