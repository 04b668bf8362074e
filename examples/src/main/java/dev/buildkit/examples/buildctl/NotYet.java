/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import dev.buildkit.examples.buildctl.flag.FlagException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** The commands of Go's buildctl that this one does not have yet. */
abstract sealed class NotYet implements Callable<Integer> {
  private final String name;

  /** Whatever options they have. */
  @Unmatched
  private String[] ignored = {};

  private NotYet(String name) {
    this.name = name;
  }

  @Override
  public final Integer call() {
    throw new FlagException(name + " is not supported by this buildctl yet");
  }

  /** Removes records of builds. */
  @Command(name = "prune-histories", description = "not supported yet")
  static final class PruneHistories extends NotYet {
    PruneHistories() {
      super("prune-histories");
    }
  }

  /** Shows files of a daemon that does not run. */
  @Command(name = "dump-metadata", description = "not supported yet")
  static final class DumpMetadata extends NotYet {
    DumpMetadata() {
      super("debug dump-metadata");
    }
  }

  /** Follows what happens to builds. */
  @Command(name = "monitor", description = "not supported yet")
  static final class Monitor extends NotYet {
    Monitor() {
      super("debug monitor");
    }
  }

  /** Shows the output of a build again. */
  @Command(name = "logs", description = "not supported yet")
  static final class Logs extends NotYet {
    Logs() {
      super("debug logs");
    }
  }

  /** Changes the record of a build. */
  @Command(name = "ctl", description = "not supported yet")
  static final class Ctl extends NotYet {
    Ctl() {
      super("debug ctl");
    }
  }

  /** Reads a blob of the daemon. */
  @Command(name = "get", description = "not supported yet")
  static final class Get extends NotYet {
    Get() {
      super("debug get");
    }
  }

  /** Lists the records of builds. */
  @Command(name = "histories", description = "not supported yet")
  static final class Histories extends NotYet {
    Histories() {
      super("debug histories");
    }
  }
}
