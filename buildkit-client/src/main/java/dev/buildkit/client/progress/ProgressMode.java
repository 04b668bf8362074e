/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import static java.util.stream.Collectors.joining;

import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The forms of progress by the names that {@code buildctl build --progress} gives them. */
enum ProgressMode {
  AUTO,
  TTY,
  PLAIN,
  QUIET,
  RAWJSON;

  private static final String VARIABLE = "BUILDKIT_PROGRESS";

  /** Returns the mode of this name; for {@code auto}, the one that the environment names, if any. */
  static ProgressMode of(String name, Map<String, String> environment) {
    ProgressMode mode = parse("progress mode", name);
    String preferred = environment.getOrDefault(VARIABLE, "");
    return mode == AUTO && !preferred.isEmpty() ? parse(VARIABLE, preferred) : mode;
  }

  ProgressPrinter printer(
      OutputStream out, Supplier<TerminalSize> size, Map<String, String> environment) {
    return switch (this) {
      case AUTO ->
        StandardStream.isTerminal(out, environment)
            ? ProgressPrinter.terminal(out, size)
            : ProgressPrinter.plain(out);
      case TTY -> {
        if (!StandardStream.isTerminal(out, environment)) {
          throw new IllegalStateException(
              "progress mode tty needs a terminal, but the stream is none; use auto or plain");
        }
        yield ProgressPrinter.terminal(out, size);
      }
      case PLAIN -> ProgressPrinter.plain(out);
      case QUIET -> ProgressPrinter.quiet();
      case RAWJSON -> ProgressPrinter.rawJson(out);
    };
  }

  private static ProgressMode parse(String what, String name) {
    return Stream.of(values())
        .filter(mode -> mode.lowerCase().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(what + " must be one of "
            + Stream.of(values()).map(ProgressMode::lowerCase).collect(joining(", "))
            + ", but was: "
            + name));
  }

  private String lowerCase() {
    return name().toLowerCase(Locale.ROOT);
  }
}
