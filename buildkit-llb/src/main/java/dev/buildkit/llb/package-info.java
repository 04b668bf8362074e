/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Describes builds as graphs of file-system operations and turns them into definitions that a
 * BuildKit daemon solves.
 *
 * <p>A {@link dev.buildkit.llb.State} is a file system that does not exist yet: a source, a command
 * run on another state, files copied together. Everything here is an immutable value without I/O or
 * threads; {@link dev.buildkit.llb.State#marshal()} is the one place where a graph becomes bytes, and
 * each operation has the bytes, and so the digest and cache key, that BuildKit's Go client gives it.
 */
@NullMarked
@CheckReturnValue
package dev.buildkit.llb;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
