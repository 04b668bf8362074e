/* SPDX-License-Identifier: Apache-2.0 */
/** Tests of buildctl. */
@NullMarked
package dev.buildkit.examples.buildctl;

import org.jspecify.annotations.NullMarked;
