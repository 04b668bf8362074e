/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Cases.DIGEST_A;
import static dev.buildkit.llb.Cases.args;
import static dev.buildkit.llb.Cases.on;

import java.util.function.UnaryOperator;

/** The graphs of the group {@code git}. */
final class GitCases {
  private static final String BUILDKIT = "https://github.com/moby/buildkit.git";
  private static final String SCP = "git@github.com:moby/buildkit.git";

  static final Cases CASES = addresses(fragments(options(ssh(new Cases("git")))));

  private GitCases() {}

  private static State git(String url, String fragment) {
    return State.from(GitSource.of(url, fragment));
  }

  private static State buildkit(String fragment, UnaryOperator<GitSource> options) {
    return State.from(options.apply(GitSource.of(BUILDKIT, fragment)));
  }

  private static Cases addresses(Cases cases) {
    return cases
        .graph("https", () -> State.from(GitSource.of(BUILDKIT)))
        .graph("no_protocol", () -> State.from(GitSource.of("github.com/moby/buildkit")))
        .graph("git_protocol", () -> State.from(GitSource.of("git://example.com/repo#abc")))
        .graph(
            "http_user_pass",
            () -> State.from(GitSource.of("http://user:pass@example.com:8080/r.git")))
        .impossible("invalid_protocol", "GitSource refuses protocols that git sources do not have")
        .graph("url_fragment_ignored", () -> git(BUILDKIT + "#main:docs", ""))
        .graph(
            "platform_option",
            () -> State.from(
                    GitSource.of("https://example.com/r.git").constraints(on(Platform.LINUX_ARM64)))
                .run(args("make")));
  }

  private static Cases fragments(Cases cases) {
    return cases
        .graph("fragment_ref", () -> git(BUILDKIT, "v0.11.6"))
        .graph("fragment_ref_subdir", () -> State.from(GitSource.of(BUILDKIT + "#master:docs/sub")))
        .graph("fragment_subdir_only", () -> git(BUILDKIT, ":docs"))
        .graph("fragment_subdir_cleaned", () -> git(BUILDKIT, "master:/a/../b/./c/"))
        .graph("fragment_full_ref", () -> git(BUILDKIT, "refs/heads/feature/x"))
        .graph(
            "option_overrides_fragment",
            () -> buildkit("master:docs", git -> git.ref("v1").subdir("src")))
        .graph("option_subdir_raw", () -> buildkit("", git -> git.subdir("/x/../y/")));
  }

  private static Cases options(Cases cases) {
    return cases
        .graph("keep_git_dir", () -> buildkit("main", GitSource::keepGitDir))
        .graph("skip_submodules", () -> buildkit("", GitSource::skipSubmodules))
        .graph("mtime_commit", () -> buildkit("", GitSource::mtimeCommit))
        .graph("checksum", () -> buildkit("main", git -> git.checksum("deadbeef".repeat(5))))
        .graph(
            "fetch_by_commit",
            () -> buildkit("main", git -> git.checksum("1".repeat(40)).fetchByCommit()))
        .graph("auth_token", () -> buildkit("", git -> git.authTokenSecret("TOK")))
        .graph("auth_header", () -> buildkit("", git -> git.authHeaderSecret("HDR")))
        .graph(
            "auth_removed", () -> buildkit("", git -> git.authTokenSecret("").authHeaderSecret("")))
        .graph(
            "bundle",
            () -> buildkit(
                "",
                git -> git.bundle("docker-image+blob://example.com/b@" + DIGEST_A)
                    .checksum("2".repeat(40))))
        .graph("checkout_bundle", () -> buildkit("main", GitSource::checkoutBundle));
  }

  private static Cases ssh(Cases cases) {
    return cases
        .graph(
            "scp_style",
            () -> State.from(
                GitSource.of(SCP, "main").addKnownSshHosts("github.com ssh-ed25519 AAAA")))
        .graph(
            "ssh_url_port",
            () -> State.from(GitSource.of("ssh://git@example.com:2222/moby/buildkit.git")
                .addKnownSshHosts("[example.com]:2222 ssh-rsa BBBB\n")
                .mountSshSocket("mysock")))
        .graph(
            "known_hosts_twice",
            () -> State.from(GitSource.of(SCP)
                .addKnownSshHosts("github.com ssh-ed25519 AAAA")
                .addKnownSshHosts("github.com ssh-rsa BBBB\n\n")))
        .graph(
            "ssh_options_on_https",
            () -> buildkit("", git -> git.addKnownSshHosts("x y z").mountSshSocket("s")));
  }
}
