/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.bench;

import dev.buildkit.llb.Exec;
import dev.buildkit.llb.State;

/** The forms of graphs that are measured; {@code .ci/tools/marshal} makes the same ones with Go. */
public enum Shape {
  /** Commands that run one after the other. */
  CHAIN {
    @Override
    State graph(int operations) {
      State state = State.image("alpine");
      for (int i = 1; i < operations; i++) {
        state = step(state, Integer.toString(i));
      }
      return state;
    }
  },

  /** Two commands on one state whose results are merged, again and again. */
  DIAMONDS {
    @Override
    State graph(int operations) {
      State state = State.image("alpine");
      for (int i = 1; i < operations; i += 3) {
        String n = Integer.toString(i);
        state = State.merge(step(state, "left", n), step(state, "right", n));
      }
      return state;
    }
  },

  /** Many commands on one state whose results are merged at once. */
  MERGE {
    @Override
    State graph(int operations) {
      State base = State.image("alpine");
      State[] layers = new State[operations - 2];
      for (int i = 0; i < layers.length; i++) {
        layers[i] = step(base, Integer.toString(i + 2));
      }
      return State.merge(layers);
    }
  };

  /** Returns a graph of this form with about so many operations. */
  abstract State graph(int operations);

  private static State step(State base, String first, String... rest) {
    String[] words = new String[rest.length + 2];
    words[0] = "step";
    words[1] = first;
    System.arraycopy(rest, 0, words, 2, rest.length);
    return base.run(Exec.args(words));
  }
}
