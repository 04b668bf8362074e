/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Cases.args;

import java.time.Instant;

/** The graphs of the group {@code file}. */
final class FileCases {
  private static final Instant T0 = Instant.parse("2023-01-02T03:04:05.000000006Z");
  private static final State ALPINE = State.image("alpine");
  private static final State CTX = State.local("ctx");

  static final Cases CASES = simple(owners(copies(chains(errors(new Cases("file"))))));

  private FileCases() {}

  private static State scratch(FileAction... actions) {
    return State.scratch().file(actions);
  }

  private static Cases simple(Cases cases) {
    return cases
        .graph("mkfile", () -> scratch(FileAction.mkfile("/foo", 0644, "hello")))
        .graph("mkfile_empty", () -> scratch(FileAction.mkfile("/empty", 0, "")))
        .graph(
            "mkfile_binary",
            () -> scratch(
                FileAction.mkfile("/bin", 0644, new byte[] {0, (byte) 0xff, 0x0a, (byte) 0x80})))
        .graph("mkfile_mode_masked", () -> scratch(FileAction.mkfile("/s", 04755, "x")))
        .graph(
            "mkfile_relative",
            () -> ALPINE.dir("/work").file(FileAction.mkfile("sub/../foo", 0600, "x")))
        .graph(
            "mkfile_created_time",
            () -> scratch(FileAction.mkfile("/foo", 0644, "x").createdTime(T0)))
        .graph("mkdir", () -> scratch(FileAction.mkdir("/dir", 0755)))
        .graph(
            "mkdir_all_options",
            () -> ALPINE
                .dir("/w")
                .file(FileAction.mkdir("a/b/", 0700).parents().chown("bob").createdTime(T0)))
        .graph("rm", () -> ALPINE.dir("/w").file(FileAction.rm("foo")))
        .graph(
            "rm_options",
            () -> ALPINE.file(FileAction.rm("/tmp/*").allowNotFound().allowWildcard()))
        .graph("symlink", () -> ALPINE.dir("/w").file(FileAction.symlink("../target", "link")))
        .graph(
            "symlink_options",
            () -> ALPINE.file(
                FileAction.symlink("/a", "/b").chown(1, 2).createdTime(Instant.ofEpochSecond(1))));
  }

  private static Cases owners(Cases cases) {
    return cases
        .graph(
            "mkfile_uid_gid", () -> scratch(FileAction.mkfile("/foo", 0644, "x").chown(1000, 1001)))
        .graph("mkfile_user_group_names", () -> ALPINE.file(foo("bob:staff")))
        .graph("mkfile_user_only", () -> ALPINE.file(foo("bob")))
        .graph("mkfile_user_name_on_scratch", () -> scratch(foo("bob")))
        .graph("mkfile_user_numeric", () -> ALPINE.file(foo("1000:wheel")))
        .graph("mkfile_user_root", () -> ALPINE.file(foo("root:root")))
        .graph(
            "copy_chown_name",
            () -> ALPINE.file(
                FileAction.copy(State.image("busybox"), "/a", "/b").chown("bob:staff")));
  }

  private static FileAction foo(String owner) {
    return FileAction.mkfile("/foo", 0644, "x").chown(owner);
  }

  private static Cases copies(Cases cases) {
    return cases
        .graph("copy", () -> ALPINE.file(ctx("/a", "/b")))
        .graph(
            "copy_relative",
            () -> ALPINE.dir("/dst").file(FileAction.copy(CTX.dir("/src"), "a/./b", "c")))
        .graph("copy_dest_slash", () -> ALPINE.dir("/d").file(ctx("/a/", "x/")))
        .graph("copy_dest_dot", () -> ALPINE.dir("/d").file(ctx(".", "./.")))
        .graph("copy_dest_single_dot", () -> ALPINE.dir("/d").file(ctx("/a", ".")))
        .graph("copy_from_self", () -> ALPINE.file(FileAction.copy(ALPINE, "/a", "/b")))
        .graph("copy_from_scratch", () -> ALPINE.file(FileAction.copy(State.scratch(), "/", "/x")))
        .graph("copy_mode", () -> scratch(ctx("/a", "/b").chmod(0750)))
        .graph("copy_mode_zero", () -> scratch(ctx("/a", "/b").chmod(0)))
        .graph("copy_mode_string", () -> scratch(ctx("/a", "/b").chmod("u=rwX,go=rX")))
        .graph(
            "copy_flags",
            () -> scratch(ctx("/a", "/b")
                .followSymlinks()
                .dirContentsOnly()
                .attemptUnpack()
                .createDestPath()
                .allowWildcard()
                .allowEmptyWildcard()
                .alwaysReplaceExistingDestPaths()
                .createdTime(T0)))
        .graph(
            "copy_include_exclude",
            () -> scratch(ctx("/", "/")
                .includePatterns("*.go", "go.mod")
                .excludePatterns("vendor", "*_test.go")
                .requiredPaths("go.mod")))
        // Nothing replaces all options at once here; this is what is left.
        .graph("copy_info_replaces", () -> scratch(ctx("/a", "/b").createDestPath()));
  }

  private static CopyAction ctx(String source, String destination) {
    return FileAction.copy(CTX, source, destination);
  }

  private static Cases chains(Cases cases) {
    return cases
        .graph(
            "chain",
            () -> ALPINE
                .dir("/w")
                .file(
                    FileAction.mkdir("d", 0755),
                    FileAction.mkfile("d/f", 0644, "1"),
                    FileAction.rm("/etc/x")))
        .graph(
            "chain_on_scratch",
            () -> scratch(
                FileAction.mkdir("/a", 0755),
                FileAction.symlink("/a", "/l"),
                FileAction.copy(ALPINE, "/etc/passwd", "/a/")))
        .graph(
            "chain_copies",
            () -> ALPINE.file(
                FileAction.copy(State.local("a"), "/1", "/1"),
                FileAction.copy(State.local("b"), "/2", "/2")))
        .graph("copy_from_action", FileCases::copyFromAction)
        .graph("copy_from_action_on_image", FileCases::copyFromActionOnImage)
        .graph(
            "copy_from_file_state",
            () -> ALPINE.file(
                FileAction.copy(scratch(FileAction.mkfile("/f", 0644, "1")), "/f", "/f")))
        .graph(
            "constraints",
            () -> ALPINE.file(
                Constraints.none()
                    .customName("mk d")
                    .ignoreCache()
                    .platform(Platform.LINUX_ARM64)
                    .require("f"),
                FileAction.mkdir("/d", 0755)))
        .graph(
            "two_file_ops",
            () -> ALPINE
                .file(FileAction.mkdir("/a", 0755))
                .file(FileAction.mkfile("/a/b", 0644, "x")))
        .graph(
            "after_run",
            () -> ALPINE.run(args("x")).file(FileAction.rm("/tmp/y")).run(args("z")));
  }

  private static State copyFromAction() {
    FileChain chain = FileAction.chain(
        State.scratch().dir("/inner"),
        FileAction.mkdir("sub", 0755),
        FileAction.mkfile("sub/f", 0644, "1"));
    return ALPINE.dir("/outer").file(FileAction.copy(chain, "sub/f", "g"));
  }

  private static State copyFromActionOnImage() {
    FileChain chain = FileAction.chain(
        State.image("busybox"), FileAction.mkfile("/f", 0644, "1").chown("bob"));
    return ALPINE.file(
        FileAction.mkdir("/d", 0755).chown("joe"), FileAction.copy(chain, "/f", "/d/f"));
  }

  private static Cases errors(Cases cases) {
    return cases
        .refused(
            "err_no_action",
            "file: action is required; give at least one, such as FileAction.mkdir(\"/app\", 0755)",
            () -> scratch())
        .impossible("err_copy_nil_input", "the source is a State or a FileChain, never null")
        .refused(
            "err_copy_source_error",
            "parse image reference \"BAD\": invalid reference format: repository name (library/BAD)"
                + " must be lowercase; write library/bad",
            () -> ALPINE.file(FileAction.copy(State.image("BAD"), "/a", "/b")));
  }
}
