/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Cases.DIGEST_A;
import static dev.buildkit.llb.Cases.DIGEST_B;
import static dev.buildkit.llb.Cases.args;
import static dev.buildkit.llb.Cases.on;

/** The graphs of the group {@code image}. */
final class ImageCases {
  static final Cases CASES = new Cases("image")
      .graph("short_name", () -> State.image("alpine"))
      .graph("tag", () -> State.image("alpine:3.20"))
      .graph("namespace", () -> State.image("moby/buildkit:master"))
      .graph("registry_domain", () -> State.image("example.com/foo"))
      .graph("registry_port", () -> State.image("localhost:5000/foo/bar"))
      .graph("index_docker_io", () -> State.image("index.docker.io/busybox:1.36"))
      .graph("digest_only", () -> State.image("alpine@" + DIGEST_A))
      .graph("tag_and_digest", () -> State.image("alpine:3.20@" + DIGEST_A))
      .graph("resolve_default", () -> resolved(ResolveMode.DEFAULT))
      .graph("resolve_force_pull", () -> resolved(ResolveMode.FORCE_PULL))
      .graph("resolve_prefer_local", () -> resolved(ResolveMode.PREFER_LOCAL))
      .graph("layer_limit", () -> State.from(ImageSource.of("alpine").layerLimit(3)))
      .graph(
          "checksum", () -> State.from(ImageSource.of("alpine").checksum(Digest.parse(DIGEST_B))))
      .graph("internal", () -> State.from(ImageSource.of("alpine").internal()))
      .graph("platform_arm64", () -> image("alpine", on(Platform.LINUX_ARM64)))
      .graph(
          "platform_not_normalised",
          () ->
              image("alpine", on(Platform.of("linux", "aarch64").variant("v8"))).run(args("true")))
      .graph("all_options", ImageCases::allOptions)
      .refused(
          "err_empty",
          "parse image reference \"\": invalid reference format: write it as"
              + " registry/repository:tag, such as alpine:3.22",
          () -> State.image(""))
      .refused(
          "err_uppercase",
          "parse image reference \"Alpine\": invalid reference format: repository name"
              + " (library/Alpine) must be lowercase; write library/alpine",
          () -> State.image("Alpine"));

  private ImageCases() {}

  static State image(String reference, Constraints constraints) {
    return State.from(ImageSource.of(reference).constraints(constraints));
  }

  private static State resolved(ResolveMode mode) {
    return State.from(ImageSource.of("alpine").resolveMode(mode));
  }

  private static State allOptions() {
    return State.from(ImageSource.of("example.com/a/b:c")
        .resolveMode(ResolveMode.FORCE_PULL)
        .layerLimit(2)
        .checksum(Digest.parse(DIGEST_A))
        .internal()
        .constraints(on(Platform.LINUX_ARM_V7).customName("my image")));
  }
}
