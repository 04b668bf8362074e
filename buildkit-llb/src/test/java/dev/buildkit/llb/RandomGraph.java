/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import java.util.ArrayList;
import java.util.List;

/**
 * Graphs made from numbers, so that a property can build the same one twice.
 *
 * <p>Each number makes a state from earlier ones; the last is the result.
 */
public final class RandomGraph {
  private final int[] seeds;

  /** Returns a graph with a state for each number, and one more. */
  public RandomGraph(int[] seeds) {
    this.seeds = seeds;
  }

  /** Builds each state once; those that use it share it. */
  public State shared() {
    List<State> states = new ArrayList<>(List.of(State.image("alpine")));
    for (int seed : seeds) {
      states.add(step(seed, pick(states, seed >>> 8), pick(states, seed >>> 16)));
    }
    return states.get(states.size() - 1);
  }

  /** Builds each state anew for each use, the last one first. */
  State unshared() {
    return unshared(seeds.length);
  }

  private State unshared(int index) {
    if (index == 0) {
      return State.image("alpine");
    }
    int seed = seeds[index - 1];
    State second = unshared(Math.floorMod(seed >>> 16, index));
    State first = unshared(Math.floorMod(seed >>> 8, index));
    return step(seed, first, second);
  }

  private static State pick(List<State> states, int seed) {
    return states.get(Math.floorMod(seed, states.size()));
  }

  private static State step(int seed, State a, State b) {
    String name = "n" + Math.floorMod(seed >>> 24, 3);
    return switch (Math.floorMod(seed, 10)) {
      case 0 -> a.run(Exec.args("make", name));
      case 1 -> a.run(Exec.args("x").addMount("/in", b).addEnv("N", name)).mount("/in");
      case 2 -> a.run(Exec.args("x").addMount(Mount.bind("/in", b).readonly()));
      case 3 -> a.file(FileAction.mkdir(name, 0755), FileAction.copy(b, ".", name + "/"));
      case 4 -> State.merge(a, b);
      case 5 -> State.diff(a, b);
      case 6 -> State.from(ImageSource.of(name).resolveMode(ResolveMode.PREFER_LOCAL));
      case 7 -> a.addEnv(name, "v").dir(name).user(name);
      case 8 -> a.requires(name, b);
      default -> a.reset(b);
    };
  }
}
