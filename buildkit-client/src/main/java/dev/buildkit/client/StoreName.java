/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;

/** The name by which the daemon asks for the store in a directory. */
final class StoreName {
  /** Returns the path; what a header cannot have is written as in URLs. */
  static String of(Path directory) {
    StringBuilder name = new StringBuilder();
    for (byte octet : directory.toString().getBytes(UTF_8)) {
      boolean plain = octet > ' ' && octet < 0x7f && octet != '%';
      name.append(plain ? String.valueOf((char) octet) : "%%%02X".formatted(octet));
    }
    return name.toString();
  }

  private StoreName() {}
}
