/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.source;

/** The hash functions that a daemon applies to downloads. */
public enum ChecksumAlgorithm {
  /** SHA-256. */
  SHA256,

  /** SHA-384. */
  SHA384,

  /** SHA-512. */
  SHA512
}
