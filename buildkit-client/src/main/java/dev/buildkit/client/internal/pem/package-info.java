/* SPDX-License-Identifier: Apache-2.0 */
/** PEM, and the private keys that stand in it, in all the forms that tools write. */
@NullMarked
package dev.buildkit.client.internal.pem;

import org.jspecify.annotations.NullMarked;
