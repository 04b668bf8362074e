/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

/** The graphs of the group {@code local}. */
final class LocalCases {
  private static final LocalSource CONTEXT = LocalSource.of("context");

  static final Cases CASES = new Cases("local")
      .graph("plain", () -> State.local("context"))
      .graph("include", () -> State.from(CONTEXT.includePatterns("a", "b/*.go")))
      .graph("exclude", () -> State.from(CONTEXT.excludePatterns("**/node_modules", "!keep")))
      .graph(
          "follow", () -> State.from(CONTEXT.followPaths("Dockerfile", "Dockerfile.dockerignore")))
      .graph(
          "empty_lists",
          () -> State.from(
              CONTEXT.includePatterns("x").includePatterns().excludePatterns().followPaths()))
      .graph("shared_key_hint", () -> State.from(CONTEXT.sharedKeyHint("hint")))
      .graph("session_id", () -> State.from(CONTEXT.sessionId("s1")))
      .graph(
          "unique_id",
          () -> State.from(CONTEXT.constraints(Constraints.none().localUniqueId("mine"))))
      .graph("differ_none", () -> State.from(CONTEXT.differNone(false)))
      .graph("differ_metadata_required", () -> State.from(CONTEXT.differMetadata(true)))
      .graph("metadata_only", () -> State.from(CONTEXT.metadataOnlyTransfer()))
      .graph(
          "metadata_only_exceptions",
          () -> State.from(CONTEXT.metadataOnlyTransfer("go.mod", "go.sum")))
      .graph("json_html_escape", () -> State.from(CONTEXT.includePatterns("a<b>&c")));

  private LocalCases() {}
}
