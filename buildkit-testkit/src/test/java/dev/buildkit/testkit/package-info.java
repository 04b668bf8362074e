/* SPDX-License-Identifier: Apache-2.0 */
/** Tests of the extensions, and integration tests of the whole SDK against a daemon. */
@NullMarked
package dev.buildkit.testkit;

import org.jspecify.annotations.NullMarked;
