/* SPDX-License-Identifier: Apache-2.0 */
/**
 * JUnit support for tests that need a BuildKit daemon: {@link BuildkitdExtension} hands out connected
 * clients, {@link BuildkitdContainer} starts a daemon for them, {@link LeakExtension} fails tests that leave threads, open files or temporary files
 * behind.
 *
 * <p>JUnit and Testcontainers are optional dependencies: who uses these types brings JUnit 6 along, and for {@link BuildkitdContainer}
 * Testcontainers 2.
 */
@NullMarked
package dev.buildkit.testkit;

import org.jspecify.annotations.NullMarked;
