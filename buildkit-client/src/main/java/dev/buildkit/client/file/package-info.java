/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Trees of files that a solve sends to the daemon as local directories.
 *
 * <p>A {@link dev.buildkit.client.file.FileTree} is a directory on disk, a tree in memory, or whatever a user
 * implements. Names are bytes, as on Linux, and keep their value when they are not UTF-8.
 */
@NullMarked
package dev.buildkit.client.file;

import org.jspecify.annotations.NullMarked;
