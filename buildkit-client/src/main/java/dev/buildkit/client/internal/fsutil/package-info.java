/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The file transfer of BuildKit: a stream of packets that carries a tree from a sender to a receiver, which asks for the
 * content of the files it lacks.
 */
@NullMarked
package dev.buildkit.client.internal.fsutil;

import org.jspecify.annotations.NullMarked;
