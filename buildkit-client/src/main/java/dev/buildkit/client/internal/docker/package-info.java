/* SPDX-License-Identifier: Apache-2.0 */
/** What Docker's tools keep on this machine: the config file, and the credentials that it leads to. */
@NullMarked
package dev.buildkit.client.internal.docker;

import org.jspecify.annotations.NullMarked;
