/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.file;

/** The numbers that every entry has. */
record Attributes(int permissions, int uid, int gid, long sizeBytes, long modTimeNanos) {
  Attributes permissions(int newPermissions) {
    return new Attributes(newPermissions, uid, gid, sizeBytes, modTimeNanos);
  }

  Attributes owner(int newUid, int newGid) {
    return new Attributes(permissions, newUid, newGid, sizeBytes, modTimeNanos);
  }

  Attributes sizeBytes(long newSizeBytes) {
    return new Attributes(permissions, uid, gid, newSizeBytes, modTimeNanos);
  }

  Attributes modTimeNanos(long newModTimeNanos) {
    return new Attributes(permissions, uid, gid, sizeBytes, newModTimeNanos);
  }
}
