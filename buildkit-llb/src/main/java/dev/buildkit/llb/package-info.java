/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Describes builds as graphs of file-system operations and turns them into definitions that a
 * BuildKit daemon solves.
 *
 * <p>A {@link dev.buildkit.llb.State} is a file system that does not exist yet: a source, a command
 * run on another state, files copied together. Everything here is an immutable value without I/O or
 * threads; {@link dev.buildkit.llb.State#marshal()} is the one place where a graph becomes bytes, and
 * each operation has the bytes, and so the digest and cache key, that BuildKit's Go client gives it.
 *
 * <p>What cannot be solved is refused where it is written, not when it is marshaled: a bad image
 * reference, a command without arguments, two mounts at one target. Where the Go client goes on in
 * silence, this one does not: {@link dev.buildkit.llb.Exec#shlex} refuses quotes that do not end, {@link
 * dev.buildkit.llb.GitSource} refuses protocols that git sources do not have and never asks a server
 * for its host keys, and a relative directory is taken anew from each state that it is given to.
 *
 * <p>The README of this module is a course through all of it, with the graph that each program makes. The
 * package {@code dev.buildkit.llb.graph} reads, prints and compares definitions.
 */
@NullMarked
@CheckReturnValue
package dev.buildkit.llb;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
