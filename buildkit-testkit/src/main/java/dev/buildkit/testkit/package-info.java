/* SPDX-License-Identifier: Apache-2.0 */
/**
 * JUnit support for tests that need a BuildKit daemon: {@link BuildkitdExtension} hands out connected
 * clients, {@link LeakExtension} fails tests that leave threads, open files or temporary files
 * behind.
 *
 * <p>JUnit is an optional dependency: who uses these types brings JUnit 6 along.
 */
@NullMarked
package dev.buildkit.testkit;

import org.jspecify.annotations.NullMarked;
