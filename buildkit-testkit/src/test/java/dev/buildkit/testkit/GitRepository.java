/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A repository that a test fills. Its commits are new to daemons, which know a commit by its hash wherever it comes from. */
record GitRepository(Path directory) {
  /** The time of all commits. */
  static final String TIME = "2001-02-03T04:05:06Z";

  /** Makes a repository whose branch is the one that all daemons take by default. */
  static GitRepository init(Path directory) {
    Command.run("git", "init", "--quiet", "--initial-branch=master", directory.toString())
        .orFail();
    return new GitRepository(directory);
  }

  /** Commits a file with this content and returns the hash of the commit. */
  String commit(String path, String content, String... options) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    git("add", "--all");
    return commitAll(options);
  }

  /** Commits what was added and returns the hash of the commit. */
  String commitAll(String... options) {
    List<String> words = new ArrayList<>(
        List.of("commit", "--quiet", "--message", UUID.randomUUID().toString()));
    words.addAll(List.of(options));
    git(words.toArray(String[]::new));
    return hash("HEAD");
  }

  String hash(String revision) {
    return git("rev-parse", revision).strip();
  }

  /** Runs git in the repository and returns what it prints. */
  String git(String... words) {
    List<String> command = new ArrayList<>(List.of(
        "env",
        "GIT_CONFIG_GLOBAL=/dev/null",
        "GIT_CONFIG_SYSTEM=/dev/null",
        "GIT_AUTHOR_DATE=" + TIME,
        "GIT_COMMITTER_DATE=" + TIME,
        "git",
        "-C",
        directory.toString(),
        "-c",
        "user.name=Test",
        "-c",
        "user.email=test@example.com",
        "-c",
        "protocol.file.allow=always",
        "-c",
        "gpg.format=ssh"));
    command.addAll(List.of(words));
    return Command.run(command.toArray(String[]::new)).orFail().out();
  }
}
