/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What an operation reads, by what it uses it for. */
final class Slots {
  private Slots() {}

  /**
   * Returns inputs by mount target or name, or else those without a match by the match before them.
   *
   * @param match returns a vertex that stands for an input and its match alike
   */
  static Map<Object, List<Vertex>> of(Vertex reader, Function<Vertex, Optional<Vertex>> match) {
    Map<Object, List<Vertex>> slots = new HashMap<>();
    if (reader.op() instanceof ExecOp exec) {
      exec.mounts().forEach(mount -> add(slots, mount.dest(), reader, mount.input()));
    } else if (reader.op() instanceof BuildOp build) {
      build.inputs().forEach((name, input) -> add(slots, name, reader, input));
    } else if (reader.op() instanceof DiffOp diff) {
      add(slots, "lower", reader, diff.lower());
      add(slots, "upper", reader, diff.upper());
    } else {
      addBetweenMatches(slots, reader, match);
    }
    return slots;
  }

  private static void add(Map<Object, List<Vertex>> slots, Object slot, Vertex reader, int input) {
    if (input >= 0) {
      slots
          .computeIfAbsent(slot, key -> new ArrayList<>())
          .add(reader.inputs().get(input).vertex());
    }
  }

  private static void addBetweenMatches(
      Map<Object, List<Vertex>> slots, Vertex reader, Function<Vertex, Optional<Vertex>> match) {
    Optional<Vertex> last = Optional.empty();
    for (int i = 0; i < reader.inputs().size(); i++) {
      Optional<Vertex> matched = match.apply(reader.inputs().get(i).vertex());
      if (matched.isPresent()) {
        last = matched;
      } else {
        add(slots, last, reader, i);
      }
    }
  }
}
