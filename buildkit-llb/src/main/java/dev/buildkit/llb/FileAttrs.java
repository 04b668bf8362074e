/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import org.jspecify.annotations.Nullable;

/** Attributes of the one file that a download or a blob becomes. */
final class FileAttrs {
  private FileAttrs() {}

  static Attrs filename(Attrs attrs, String name) {
    Check.notEmpty(name, "source: filename", "leave it out for the default");
    return attrs.with("http.filename", name);
  }

  static Attrs chmod(Attrs attrs, int mode, @Nullable String cap) {
    int permissions = Check.permissions(mode);
    return permissions == 0
        ? attrs.without("http.perm")
        : attrs.with("http.perm", "0" + Integer.toOctalString(permissions), cap);
  }

  static Attrs chown(Attrs attrs, int uid, int gid, @Nullable String cap) {
    Attrs withUser = owner(attrs, "http.uid", Check.id(uid, "uid"), cap);
    return owner(withUser, "http.gid", Check.id(gid, "gid"), cap);
  }

  private static Attrs owner(Attrs attrs, String key, int id, @Nullable String cap) {
    // The daemon takes 0 for granted.
    return id == 0 ? attrs.without(key) : attrs.with(key, Integer.toString(id), cap);
  }
}
