/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Where the result of a solve goes: an image, a directory, or a tar file.
 *
 * <p>{@link dev.buildkit.client.export.Exporter} has a factory for each kind. Exporters are immutable
 * values: every method that changes an attribute returns a copy. Bytes that the daemon sends back go
 * to a file, a stream, a channel or an {@link dev.buildkit.client.export.ExportTarget} of the caller.
 */
@CheckReturnValue
@NullMarked
package dev.buildkit.client.export;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
