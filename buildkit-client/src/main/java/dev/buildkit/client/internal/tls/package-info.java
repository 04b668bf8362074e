/* SPDX-License-Identifier: Apache-2.0 */
/** Certificates and keys: read from PEM, in all the forms that tools write, and made into what the JDK's TLS takes. */
@NullMarked
package dev.buildkit.client.internal.tls;

import org.jspecify.annotations.NullMarked;
