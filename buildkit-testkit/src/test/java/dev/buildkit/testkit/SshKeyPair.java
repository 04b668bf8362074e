/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A key that {@code ssh-keygen} made for one test.
 *
 * @param file the private half
 */
record SshKeyPair(Path file) {
  /** Makes a key of each type in each form that there is of it. */
  static List<SshKeyPair> ofEachKind(Path directory) throws IOException {
    Path keys = Files.createDirectory(directory.resolve("keys"));
    List<SshKeyPair> made = new ArrayList<>();
    made.add(make(keys, "ed25519", "256", "RFC4716"));
    for (String form : List.of("RFC4716", "PKCS8", "PEM")) {
      made.add(make(keys, "rsa", "2048", form));
      for (String bits : List.of("256", "384", "521")) {
        made.add(make(keys, "ecdsa", bits, form));
      }
    }
    return made;
  }

  /** Returns the public half as a line of text. */
  String publicKey() throws IOException {
    return Files.readString(Path.of(file + ".pub")).strip();
  }

  /** Returns the size and the fingerprint, as OpenSSH tells them. */
  String fingerprint() {
    return fingerprint(Command.run("ssh-keygen", "-lf", file + ".pub").orFail().out());
  }

  /** Returns them from a line that {@code ssh-keygen -l} or {@code ssh-add -l} wrote. */
  static String fingerprint(String line) {
    List<String> words = List.of(line.split(" ", 3));
    return words.get(0) + " " + words.get(1);
  }

  private static SshKeyPair make(Path directory, String type, String bits, String form) {
    Path file = directory.resolve(type + bits + "." + form);
    Command.run(
            "ssh-keygen", "-q", "-t", type, "-b", bits, "-m", form, "-N", "", "-f", file.toString())
        .orFail();
    return new SshKeyPair(file);
  }
}
