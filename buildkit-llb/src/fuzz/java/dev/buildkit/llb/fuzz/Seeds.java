/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.fuzz;

import dev.buildkit.llb.Exec;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.Secret;
import dev.buildkit.llb.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes definitions to a directory, from which the fuzzer makes others. */
public final class Seeds {
  private Seeds() {}

  /** Takes the directory as its argument. */
  public static void main(String[] args) throws IOException {
    Path directory = Files.createDirectories(Path.of(args[0]));
    State image = State.image("alpine");
    State built = image
        .run(Exec.shell("make").addSecret(Secret.file("id", "/run/secret")))
        .root();
    List<State> states = List.of(
        image,
        built,
        State.merge(image, State.local("context")),
        State.diff(image, built),
        built.requires("first", image),
        built.nestedBuild(),
        image.file(FileAction.mkdir("/a", 0755), FileAction.copy(built, "/b", "/a/")));
    for (int i = 0; i < states.size(); i++) {
      Files.write(directory.resolve("seed-" + i), states.get(i).marshal().toByteArray());
    }
  }
}
