/* SPDX-License-Identifier: Apache-2.0 */
/** Certificates and keys, made into what the JDK's TLS takes. */
@NullMarked
package dev.buildkit.client.internal.tls;

import org.jspecify.annotations.NullMarked;
