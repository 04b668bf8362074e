/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.benchmark;

/**
 * What a build took on the client's side.
 *
 * @param cpuSeconds user and system time; not a number where the system does not tell
 * @param peakMebibytes the most memory that was resident; not a number where the system does not
 *     tell
 */
record Usage(double wallSeconds, double cpuSeconds, double peakMebibytes) {}
