/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Cases.args;
import static dev.buildkit.llb.Cases.on;
import static dev.buildkit.llb.ImageCases.image;

import dev.buildkit.llb.Cases.Values;

/** The graphs of the group {@code mount}. */
final class MountCases {
  private static final State ALPINE = State.image("alpine");
  private static final State BUSYBOX = State.image("busybox");
  private static final State GOLANG = State.image("golang");
  private static final State SCRATCH = State.scratch();

  static final Cases CASES = kinds(outputs(errors(new Cases("mount"))));

  private MountCases() {}

  private static Cases kinds(Cases cases) {
    return cases
        .graph("bind_rw", () -> with("make", Mount.bind("/src", BUSYBOX)))
        .graph("bind_ro", () -> with("make", Mount.bind("/src", BUSYBOX).readonly()))
        .graph(
            "selector",
            () -> with(
                "make", Mount.bind("/src", State.local("ctx")).readonly().selector("/sub/dir")))
        .graph(
            "force_no_output",
            () -> with("x", Mount.bind("/src", State.local("ctx")).noOutput()))
        .graph("cache_shared", () -> with("x", Mount.cache("/root/.cache", "go-cache")))
        .graph("cache_private", () -> with("x", Mount.cache("/c", "p", CacheSharingMode.PRIVATE)))
        .graph("cache_locked", () -> with("x", Mount.cache("/c", "l", CacheSharingMode.LOCKED)))
        // A cache without an id is refused here; to BuildKit it is this.
        .graph("cache_empty_id", () -> with("x", Mount.bind("/c", SCRATCH)))
        .graph(
            "cache_with_source",
            () -> with(
                "x", Mount.cache("/c", "s", CacheSharingMode.SHARED, BUSYBOX).selector("/etc")))
        .graph("content_cache_on", () -> with("x", Mount.bind("/a", BUSYBOX).contentCache(true)))
        .graph(
            "content_cache_off",
            () -> with("x", Mount.bind("/a", BUSYBOX).readonly().contentCache(false)))
        .graph("tmpfs", () -> with("x", Mount.tmpfs("/tmp")))
        .graph("tmpfs_size", () -> with("x", Mount.tmpfs("/tmp", 64 << 20)))
        .graph("relative_target_before_root", () -> with("x", Mount.bind("./data", SCRATCH)));
  }

  private static Cases outputs(Cases cases) {
    return cases
        .graph(
            "scratch_output",
            () -> ALPINE.run(args("cp", "a", "/out/").addMount("/out", SCRATCH)).mount("/out"))
        .graph("sorted_targets", MountCases::sortedTargets)
        .graph(
            "get_mount",
            () -> ALPINE
                .run(args("x").addMount("/b", SCRATCH).addMount("/a", SCRATCH))
                .mount("/b"))
        .graph("get_mount_missing", () -> ALPINE.run(args("x")).mount("/nope"))
        .graph(
            "get_mount_readonly",
            () -> ALPINE.run(args("x").addMount(readonly("/src", BUSYBOX))).mount("/src"))
        .graph("same_source_twice", MountCases::sameSourceTwice)
        .graph(
            "equal_sources_distinct_objects",
            () -> ALPINE.run(args("x")
                .addMount(readonly("/a", State.image("busybox")))
                .addMount(readonly("/b", State.image("busybox")))))
        .graph("output_used_later", MountCases::outputUsedLater)
        .graph("root_and_output_of_same_exec", MountCases::rootAndOutput)
        .graph("state_meta_of_mount_output", MountCases::metaOfOutput)
        .graph("mount_platform", MountCases::mountPlatform);
  }

  private static Cases errors(Cases cases) {
    return cases
        .impossible("err_tmpfs_source", "a tmpfs has no parameter for a source")
        .refused(
            "err_tmpfs_as_parent",
            "mount /tmp can't be used as a state: it is a tmpfs, whose files are lost; use a"
                + " writable Mount.bind for files to keep",
            () -> ran(Mount.tmpfs("/tmp")).mount("/tmp").run(args("y")))
        .refused(
            "err_cache_as_parent",
            "mount /c can't be used as a state: it is a cache, which belongs to no build; use a"
                + " writable Mount.bind for files to keep",
            () -> ran(Mount.cache("/c", "i")).mount("/c"))
        .refused(
            "err_no_output_as_parent",
            "mount /src can't be used as a state: it is marked no-output; use a writable"
                + " Mount.bind for files to keep",
            () -> ran(Mount.bind("/src", State.local("ctx")).noOutput()).mount("/src"));
  }

  private static State with(String command, Mount mount) {
    return ALPINE.run(args(command).addMount(mount)).root();
  }

  private static ExecState ran(Mount mount) {
    return ALPINE.run(args("x").addMount(mount));
  }

  private static Mount readonly(String target, State source) {
    return Mount.bind(target, source).readonly();
  }

  private static State sortedTargets() {
    return ALPINE
        .run(args("x")
            .addMount("/z", SCRATCH)
            .addMount("/a/b", SCRATCH)
            .addMount("/a", SCRATCH)
            .addMount("/A", SCRATCH)
            .addMount("/a-b", SCRATCH))
        .mount("/a");
  }

  private static State sameSourceTwice() {
    return ALPINE.run(args("x")
        .addMount(readonly("/b", BUSYBOX))
        .addMount(readonly("/a", BUSYBOX))
        .addMount(readonly("/c", ALPINE)));
  }

  private static State outputUsedLater() {
    State out = GOLANG.run(args("go", "build").addMount("/out", SCRATCH)).mount("/out");
    return ALPINE.run(args("/in/app").addMount(readonly("/in", out)));
  }

  private static State rootAndOutput() {
    ExecState build = GOLANG.run(args("go", "build").addMount("/out", SCRATCH));
    return build.root().run(args("check").addMount("/o", build.mount("/out")));
  }

  private static State metaOfOutput(Values values) {
    State m = ALPINE
        .dir("/alp")
        .run(args("x").addMount("/m", BUSYBOX.dir("/bb").addEnv("Q", "1")))
        .mount("/m");
    values.dir("m", m);
    return m.run(args("pwd"));
  }

  private static State mountPlatform() {
    State sub = image("image2", on(Platform.LINUX_ARM_V6)).run(args("sub")).root();
    return State.image("image1").run(args("main").addMount("/mnt", sub));
  }
}
