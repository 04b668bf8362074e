/* SPDX-License-Identifier: Apache-2.0 */
/** Text as Go's standard library reads and writes it, so that scripts cannot tell the two programs apart. */
@NullMarked
package dev.buildkit.examples.buildctl.gotext;

import org.jspecify.annotations.NullMarked;
