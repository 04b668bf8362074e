/* SPDX-License-Identifier: Apache-2.0 */
/** Tests of buildctl. */
@NullMarked
package dev.buildkit.examples.buildctl.gotext;

import org.jspecify.annotations.NullMarked;
