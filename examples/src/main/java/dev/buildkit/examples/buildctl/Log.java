/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import dev.buildkit.examples.buildctl.flag.FlagException;
import dev.buildkit.examples.buildctl.gotext.GoJson;
import dev.buildkit.examples.buildctl.gotext.GoQuote;
import dev.buildkit.examples.buildctl.gotext.GoStruct;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What the program tells beside its results, as text or JSON. */
record Log(PrintStream err, boolean json) {
  /**
   * Returns the log of a format.
   *
   * @throws FlagException if there is no such format
   */
  static Log of(PrintStream err, String format) {
    return switch (format) {
      case "json" -> new Log(err, true);
      case "text", "" -> new Log(err, false);
      default -> throw new FlagException("unsupported log type " + GoQuote.quote(format));
    };
  }

  void info(String message) {
    write("info", message);
  }

  void warn(String message) {
    write("warning", message);
  }

  private void write(String level, String message) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    err.print((json ? json(now, level, message) : text(now, level, message)) + "\n");
  }

  private static String json(Instant now, String level, String message) {
    return GoJson.escaped(GoStruct.of("log")
        .add("Level", "level", level)
        .add("Message", "msg", message)
        .add("Time", "time", now));
  }

  private static String text(Instant now, String level, String message) {
    return "time=\"" + now + "\" level=" + level + " msg=" + GoQuote.quote(message);
  }
}
