/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import java.time.Duration;
import java.util.Optional;

/**
 * What a terminal display shows in one line: a step, an activity inside it or a warning.
 *
 * @param name what is done
 * @param amount how much of it is done; empty if that is not known
 * @param time how long it took, or has taken so far
 * @param completed whether it goes on no more
 * @param color the command that switches to the colour of it, once it is completed; may be empty
 * @param window the output of it; only of a step that runs
 */
record Job(
    String name,
    String amount,
    Duration time,
    boolean completed,
    String color,
    Optional<LogWindow> window) {}
