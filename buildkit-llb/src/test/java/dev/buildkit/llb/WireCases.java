/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Cases.args;
import static dev.buildkit.llb.Cases.named;
import static dev.buildkit.llb.Cases.on;
import static dev.buildkit.llb.ImageCases.image;

import java.time.Instant;
import java.util.function.Supplier;

/** The graphs of the file {@code wire_llb.json}, which joins many options in each case. */
final class WireCases {
  private static final State BUSYBOX = State.image("busybox");
  private static final State ALPINE = State.image("alpine");
  private static final State CTX = State.from(LocalSource.of("ctx").sessionId("s"));

  static final Cases CASES = sources(execs(files(others(new Cases("wire")))));

  private WireCases() {}

  private static String digest(String digit) {
    return "sha256:" + digit.repeat(64);
  }

  private static Cases sources(Cases cases) {
    return cases
        .graph("scratch", State::scratch)
        .graph("image", () -> BUSYBOX)
        .graph(
            "image-digest-options",
            () -> State.from(ImageSource.of("ghcr.io/foo/bar@" + digest("a"))
                .checksum(Digest.parse(digest("b")))
                .layerLimit(3)
                .internal()
                .resolveMode(ResolveMode.FORCE_PULL)))
        .graph("image-custom-name", () -> image("busybox", named("[x] my image")))
        .graph("image-arm-v7", () -> image("busybox", on(Platform.LINUX_ARM_V7)))
        .graph(
            "image-require", () -> image("busybox", Constraints.none().require("worker.foo==bar")))
        .graph("local-plain", () -> State.local("ctx"))
        .graph("local-all", WireCases::localAll)
        .graph(
            "git-https",
            () -> State.from(GitSource.of("https://github.com/moby/buildkit.git#v0.11.6:subdir")
                .keepGitDir()))
        .graph("git-opts", WireCases::gitOptions)
        .graph(
            "git-ssh-knownhosts",
            () -> State.from(GitSource.of("git@example.invalid:foo/bar.git#main")
                .addKnownSshHosts("example.invalid ssh-ed25519 AAAA")
                .mountSshSocket("key1")))
        .graph("http", WireCases::http)
        .graph(
            "oci-layout",
            () -> State.from(OciLayoutSource.of("some/name@" + digest("e"))
                .sessionId("sess")
                .store("store1")
                .layerLimit(2)))
        .graph(
            "image-blob",
            () -> State.from(BlobSource.inRegistry("foo/bar@" + digest("f")).filename("blob")));
  }

  private static State localAll() {
    return State.from(LocalSource.of("ctx")
        .includePatterns("a", "b/**", "<&>")
        .excludePatterns("*.tmp")
        .followPaths("Dockerfile")
        .sessionId("sess1")
        .sharedKeyHint("hint")
        .differNone(true)
        .metadataOnlyTransfer("go.mod"));
  }

  private static State gitOptions() {
    return State.from(GitSource.of("https://github.com/foo/bar")
        .ref("main")
        .authHeaderSecret("MYHDR")
        .authTokenSecret("MYTOK")
        .checksum("c".repeat(40))
        .mtimeCommit()
        .skipSubmodules());
  }

  private static State http() {
    return State.from(HttpSource.of("https://example.com/a.tar.gz")
        .authHeaderSecret("HS")
        .checksum(Digest.parse(digest("d")))
        .filename("a.tgz")
        .chown(1, 2)
        .chmod(0644)
        .accept("x/y")
        .userAgent("ua"));
  }

  private static Cases execs(Cases cases) {
    Supplier<State> echo = () -> BUSYBOX.run(args("echo", "hi"));
    return cases
        .graph("exec-basic", echo)
        .graph("exec-with-caps", echo)
        .graph("exec-without-defaultpath-cap", echo)
        .graph("exec-shlex", WireCases::shlex)
        .graph("exec-mounts-root", () -> mounts().root())
        .graph("exec-mounts-out", () -> mounts().mount("/out"))
        .graph("exec-mounts-a", () -> mounts().mount("/a"))
        .graph("exec-secret-ssh", WireCases::secretsAndSockets)
        .graph("exec-net-sec-proxy", WireCases::confined)
        .graph(
            "exec-readonly-root",
            () -> BUSYBOX
                .run(args("x").readonlyRoot().addMount("/o", State.scratch()))
                .mount("/o"))
        .graph(
            "exec-cdi", () -> BUSYBOX.run(args("x").addOptionalCdiDevice("vendor1.com/device=foo")))
        .graph(
            "exec-ignorecache-exportcache",
            () -> BUSYBOX.run(args("x")
                .constraints(Constraints.none()
                    .ignoreCache()
                    .exportCache(true)
                    .weakProgressGroup("pgid", "pgname"))))
        .graph(
            "exec-linux-resources",
            () -> BUSYBOX.run(args("x")
                .constraints(Constraints.none()
                    .linuxResources(LinuxResources.none().memoryBytes(1 << 20)))));
  }

  private static State shlex() {
    return BUSYBOX
        .addEnv("A", "1")
        .addEnv("B", "2")
        .addEnv("A", "3")
        .dir("/src")
        .user("u")
        .hostname("h")
        .run(Exec.shlex("sh -c 'echo $A'"));
  }

  private static ExecState mounts() {
    return BUSYBOX.run(args("make")
        .addMount(Mount.bind("/z", CTX).readonly().selector("sub"))
        .addMount("/a", ALPINE)
        .addMount(Mount.cache("/cache", "cid", CacheSharingMode.LOCKED))
        .addMount(Mount.tmpfs("/tmp", 1024))
        .addMount("/out", State.scratch())
        .addMount(Mount.bind("/nooutput", BUSYBOX).noOutput()));
  }

  private static State secretsAndSockets() {
    return BUSYBOX.run(args("x")
        .addSecret(Secret.file("s1", "/run/secrets/s1").owner(1, 2).mode(0440))
        .addSecret(Secret.file("/opt", "/opt").optional())
        .addSecret(Secret.env("TOKEN", "TOKEN"))
        .addSshSocket()
        .addSshSocket(SshSocket.of("k2").optional()));
  }

  private static State confined() {
    return BUSYBOX.run(args("x")
        .network(NetworkMode.HOST)
        .security(SecurityMode.INSECURE)
        .addExtraHost("host1", "10.0.0.1")
        .addUlimit("nofile", 1, 2)
        .cgroupParent("cg")
        .validExitCodes(0, 3)
        .proxy(ProxyEnv.none()
            .httpProxy("h")
            .httpsProxy("hs")
            .ftpProxy("f")
            .noProxy("n")
            .allProxy("a")));
  }

  private static Cases files(Cases cases) {
    return cases
        .graph("file-mkdir", () -> State.scratch().file(FileAction.mkdir("/foo", 0755)))
        .graph(
            "file-mkdir-opts",
            () -> BUSYBOX
                .dir("/w")
                .file(FileAction.mkdir("rel/dir", 0700)
                    .parents()
                    .chown(1, 2)
                    .createdTime(Instant.ofEpochSecond(1700000000, 5))))
        .graph(
            "file-mkfile-user",
            () -> BUSYBOX.file(FileAction.mkfile("/f", 0644, "data").chown("nobody:root")))
        .graph(
            "file-rm", () -> BUSYBOX.file(FileAction.rm("/x*").allowNotFound().allowWildcard()))
        .graph("file-symlink", () -> BUSYBOX.file(FileAction.symlink("target", "link")))
        .graph("file-copy", () -> BUSYBOX.file(FileAction.copy(CTX, "src", "/dst/")))
        .graph("file-copy-opts", WireCases::copyOptions)
        .graph(
            "file-copy-modestr",
            () -> BUSYBOX.file(FileAction.copy(BUSYBOX, "/a", "/b").chmod("u+x")))
        .graph(
            "file-chain",
            () -> BUSYBOX.file(
                FileAction.mkdir("/a", 0755),
                FileAction.mkfile("/a/b", 0600, "x"),
                FileAction.copy(ALPINE, "/etc", "/a/etc"),
                FileAction.rm("/a/b")))
        .graph("file-copy-from-action", WireCases::copyFromChain);
  }

  private static State copyOptions() {
    return BUSYBOX
        .dir("/w")
        .file(FileAction.copy(ALPINE.dir("/d"), "a*", "b/.")
            .chmod(0755)
            .chown("7")
            .followSymlinks()
            .dirContentsOnly()
            .attemptUnpack()
            .createDestPath()
            .allowWildcard()
            .allowEmptyWildcard()
            .includePatterns("i")
            .excludePatterns("e")
            .requiredPaths("r")
            .alwaysReplaceExistingDestPaths());
  }

  private static State copyFromChain() {
    FileChain chain = FileAction.chain(
        State.scratch(), FileAction.mkdir("/m", 0755), FileAction.mkfile("/m/f", 0644, "1"));
    return BUSYBOX.file(FileAction.copy(chain, "/m", "/t"));
  }

  private static Cases others(Cases cases) {
    SourceMap map = SourceMap.of("Dockerfile", "Dockerfile", "FROM busybox\nRUN x\n");
    return cases
        .graph("merge", () -> State.merge(BUSYBOX, ALPINE))
        .graph("diff", () -> State.diff(BUSYBOX, BUSYBOX.run(args("echo", "hi"))))
        .graph("diff-upper-scratch", () -> State.diff(BUSYBOX, State.scratch()))
        .graph("requires", () -> BUSYBOX.requires("dep1", ALPINE))
        .graph(
            "sourcemap",
            () -> BUSYBOX.run(args("x")
                .constraints(Constraints.none().addLocation(map.location().line(2)))));
  }
}
