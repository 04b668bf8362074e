/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

/**
 * What a daemon says of itself. For people to read: decide by what a daemon can do, not by its version, which an embedded
 * BuildKit often does not know.
 *
 * @param packageName the Go package that the daemon was built from, such as {@code github.com/moby/buildkit}; may be empty
 * @param version the version, such as {@code v0.34.2} or {@code v0.0.0+unknown}; empty for daemons before 0.11
 * @param revision the commit; may be empty
 * @param dockerfileVersion the version of the built-in Dockerfile frontend; empty for older daemons
 */
public record DaemonInfo(
    String packageName, String version, String revision, String dockerfileVersion) {}
