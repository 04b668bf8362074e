/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static dev.buildkit.llb.Cases.args;
import static dev.buildkit.llb.Cases.named;
import static dev.buildkit.llb.ImageCases.image;

import java.util.Map;

/** The graphs of the group {@code meta}. */
final class MetaCases {
  private static final State ALPINE = State.image("alpine");
  private static final Constraints NONE = Constraints.none();

  static final Cases CASES = new Cases("meta")
      .graph(
          "custom_name",
          () -> image("alpine", named("first")).run(x(named("step %d/%d".formatted(1, 2)))))
      .graph(
          "description",
          () -> image(
              "alpine",
              NONE.description(Map.of("k1", "v1", "k2", "v2")).description(Map.of("k2", "other"))))
      .graph(
          "description_key_order",
          () -> image(
              "alpine",
              NONE.description(Map.of("zero", "1", "\uFF5E", "2", "\uD83D\uDE00", "3", "Z", "4"))))
      .graph("ignore_cache", () -> ALPINE.run(x(NONE.ignoreCache())))
      .graph("export_cache_true", () -> ALPINE.run(x(NONE.exportCache(true))))
      .graph("export_cache_false", () -> ALPINE.run(x(NONE.exportCache(false))))
      .graph("export_cache_reset", () -> ALPINE.run(x(NONE.exportCache(true).defaultExportCache())))
      .graph(
          "progress_group",
          () -> ALPINE
              .run(x(NONE.weakProgressGroup("g1", "Group")))
              .file(NONE.progressGroup("g1", "Group"), FileAction.mkdir("/d", 0755)))
      .graph("require", () -> image("alpine", NONE.require("a", "b")).run(x(NONE.require("c"))))
      .graph("marshal_custom_name", () -> ALPINE.run(x(NONE)))
      .graph("marshal_ignore_cache", () -> ALPINE.run(x(NONE)))
      .graph("marshal_export_cache", () -> ALPINE.run(x(NONE.exportCache(false))))
      .graph("marshal_require", () -> ALPINE.run(x(NONE.require("op"))))
      .graph(
          "merged_for_equal_ops",
          () -> State.merge(
              image("a", named("one").description(Map.of("x", "1"))),
              image("a", named("two").ignoreCache())));

  private MetaCases() {}

  private static Exec x(Constraints constraints) {
    return args("x").constraints(constraints);
  }
}
