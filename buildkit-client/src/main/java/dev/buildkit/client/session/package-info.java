/* SPDX-License-Identifier: Apache-2.0 */
/** What a client offers to the daemon while a solve runs: secrets, credentials and own services. */
@NullMarked
@CheckReturnValue
package dev.buildkit.client.session;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
