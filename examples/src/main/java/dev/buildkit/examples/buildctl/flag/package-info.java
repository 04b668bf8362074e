/* SPDX-License-Identifier: Apache-2.0 */
/** The values of the flags of {@code buildctl build}, as texts on the command line and as what they mean. */
@NullMarked
package dev.buildkit.examples.buildctl.flag;

import org.jspecify.annotations.NullMarked;
