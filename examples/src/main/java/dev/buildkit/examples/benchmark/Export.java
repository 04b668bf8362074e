/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.benchmark;

import dev.buildkit.examples.benchmark.Build.Output;
import dev.buildkit.llb.Definition;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Fetches one large file that the daemon has in its cache.
 *
 * @param type of the exporter: local, tar or oci
 * @param folder where exports go, and are removed after each turn
 * @param primer runs the first export, in which the daemon makes the file and the image's layer
 */
record Export(String type, Definition definition, Path folder, Contender primer)
    implements Scenario {
  static Definition largeFile(int mebibytes) {
    Exec write = Exec.shell("head -c " + mebibytes + "m /dev/urandom > /out/data")
        .addMount("/out", State.scratch());
    return State.image("busybox").run(write).mount("/out").marshal();
  }

  @Override
  public String name() {
    return "export-" + type;
  }

  @Override
  public void prepare() throws IOException, InterruptedException {
    primer.run(steps(0).get(0).build());
    clean();
  }

  @Override
  public List<Step> steps(int turn) {
    Output output = new Output(type, folder.resolve(type + "-" + turn));
    return List.of(new Step(name(), Build.of(definition).output(output)));
  }

  @Override
  public void clean() throws IOException {
    Folders.empty(folder);
  }
}
