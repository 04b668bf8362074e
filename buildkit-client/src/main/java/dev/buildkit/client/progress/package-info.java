/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What a running solve reports: its vertexes, their logs and transfers, and printers of them.
 *
 * <p>A {@link dev.buildkit.client.progress.ProgressListener} receives the reports as they come, as
 * immutable {@link dev.buildkit.client.progress.SolveStatus} records; a {@link
 * dev.buildkit.client.progress.ProgressPrinter} is a listener that writes them out for people.
 */
@NullMarked
@CheckReturnValue
package dev.buildkit.client.progress;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
