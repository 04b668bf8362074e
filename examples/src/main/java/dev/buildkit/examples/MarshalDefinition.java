/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples;

import dev.buildkit.llb.Constraints;
import dev.buildkit.llb.Definition;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.LocalSource;
import dev.buildkit.llb.Mount;
import dev.buildkit.llb.Platform;
import dev.buildkit.llb.State;

/** Describes a build and marshals it: no daemon is needed for that. */
final class MarshalDefinition {
  static Definition goBinary() {
    State src = State.from(LocalSource.of("src").excludePatterns(".git", "**/*_test.go"));

    Exec compile = Exec.args("go", "build", "-o", "/out/app", ".")
        .addEnv("CGO_ENABLED", "0")
        .dir("/src")
        .addMount(Mount.bind("/src", src).readonly())
        .addMount(Mount.cache("/cache/go-build", "go-build"))
        .addMount("/out", State.scratch())
        .addSecret("netrc", "/home/build/.netrc")
        .constraints(Constraints.none().customName("compile"));

    State out = State.image("golang:1.26").run(compile).mount("/out");

    return State.scratch()
        .file(
            FileAction.mkdir("/etc", 0755),
            FileAction.mkfile("/etc/passwd", 0644, "app:x:1000:1000::/:\n"),
            FileAction.copy(out, "/app", "/bin/app").createDestPath().chown("1000:1000"))
        .marshal(Constraints.none().platform(Platform.LINUX_ARM64));
  }

  public static void main(String[] args) {
    System.out.println(goBinary());
  }

  private MarshalDefinition() {}
}
