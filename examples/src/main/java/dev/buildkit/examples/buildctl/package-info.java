/* SPDX-License-Identifier: Apache-2.0 */
/** BuildKit's command line client on this SDK: {@code examples/buildctl} takes what Go's {@code buildctl} takes. */
@NullMarked
package dev.buildkit.examples.buildctl;

import org.jspecify.annotations.NullMarked;
