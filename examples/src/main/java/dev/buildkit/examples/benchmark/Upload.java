/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.benchmark;

import dev.buildkit.llb.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Sends a local directory twice: under a name that the daemon has not seen, and unchanged.
 *
 * @param data makes the directory's content
 */
record Upload(String name, Path directory, Data data, Prune prune) implements Scenario {
  @Override
  public void prepare() throws IOException {
    data.write(directory);
  }

  @Override
  public List<Step> steps(int turn) {
    // The daemon keeps its copies by the directory's name.
    String localName = name + "-" + turn;
    Build build = Build.of(State.local(localName).marshal()).localDir(localName, directory);
    return List.of(new Step(name + " new", build), new Step(name + " unchanged", build));
  }

  @Override
  public void clean() throws InterruptedException {
    prune.run();
  }

  /** Writes files into a directory that is not there yet. */
  interface Data {
    void write(Path directory) throws IOException;
  }
}
