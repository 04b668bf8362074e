/* SPDX-License-Identifier: Apache-2.0 */
/**
 * gRPC over anything that carries bytes: the channel to a daemon, the session tunnel inside it, the threads of both,
 * and marshallers that copy nothing twice. Netty stays in here.
 */
@NullMarked
package dev.buildkit.client.internal.channel;

import org.jspecify.annotations.NullMarked;
