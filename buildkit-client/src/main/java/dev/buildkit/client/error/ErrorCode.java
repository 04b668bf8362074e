/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.error;

/** The kind of a failure, by what a caller can do about it. */
public enum ErrorCode {
  /**
   * The daemon did as it was asked and failed. For a solve it is the build that is wrong: a command
   * ended with an error, a file is missing, an image cannot be pulled. The same request fails again;
   * read the message and correct the build.
   */
  FAILED,

  /**
   * The daemon refused the request as it is, for instance a malformed graph or an id that is in use.
   * Change the request.
   */
  INVALID,

  /** What the request names is not there, such as a finished solve or a history record. */
  NOT_FOUND,

  /**
   * The caller may not do this: the socket belongs to another group, or the daemon or a registry
   * wants other credentials. Ask for the permission; a retry does not help.
   */
  DENIED,

  /** The daemon or the frontend does not know the feature. Leave it out, or update the daemon. */
  UNSUPPORTED,

  /**
   * The daemon could not be reached, or the connection broke. A retry of the whole call may help;
   * what the daemon did before it broke is in its cache.
   */
  UNAVAILABLE,

  /** The call was cancelled, by this side or by the daemon. */
  CANCELLED,

  /** A time limit of this side or of the daemon passed. A longer limit may help. */
  TIMED_OUT,

  /**
   * The daemon or the client itself is in trouble, for instance without disk space. The request may
   * be right; look into the daemon's log.
   */
  INTERNAL
}
