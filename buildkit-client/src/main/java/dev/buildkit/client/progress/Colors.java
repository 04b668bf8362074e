/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.progress;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The colours of completed lines, as the commands that switch a terminal to them; empty for none.
 *
 * @param run of lines that are done
 * @param cancel of lines that were given up
 * @param error of lines that failed
 * @param warning of lines that need attention; no line is of this kind yet
 */
record Colors(String run, String cancel, String error, String warning) {
  static final String FAINT = "\u001b[2m";
  static final String RESET = "\u001b[0m";
  static final Colors NONE = new Colors("", "", "", "");

  private static final Logger log = LoggerFactory.getLogger(Colors.class);
  private static final List<String> NAMES =
      List.of("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white");

  /** Returns the colours that {@code NO_COLOR} and {@code BUILDKIT_COLORS} ask for. */
  static Colors of(Map<String, String> environment) {
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
      return NONE;
    }
    Colors colors = defaults(File.separatorChar == '\\');
    for (String setting : environment.getOrDefault("BUILDKIT_COLORS", "").split(":", -1)) {
      colors = setting.isEmpty() ? colors : colors.change(setting);
    }
    return colors;
  }

  /** Blue is hard to read on the terminals of Windows. */
  static Colors defaults(boolean windows) {
    String yellow = named("yellow").orElseThrow();
    return new Colors(
        named(windows ? "cyan" : "blue").orElseThrow(), yellow, named("red").orElseThrow(), yellow);
  }

  private Colors change(String setting) {
    String[] parts = setting.split("=", -1);
    if (parts.length != 2) {
      log.warn("BUILDKIT_COLORS: ignored, must be a name, = and a colour, but was: {}", setting);
      return this;
    }
    Optional<String> color = parts[1].contains(",") ? mixed(parts[1]) : named(parts[1]);
    if (color.isEmpty()) {
      log.warn(
          "BUILDKIT_COLORS: ignored, must name a colour or three numbers from 0 to 255: {}",
          setting);
      return this;
    }
    return change(parts[0].toLowerCase(Locale.ROOT), color.get());
  }

  private Colors change(String kind, String color) {
    return switch (kind) {
      case "run" -> new Colors(color, cancel, error, warning);
      case "cancel" -> new Colors(run, color, error, warning);
      case "error" -> new Colors(run, cancel, color, warning);
      case "warning" -> new Colors(run, cancel, error, color);
      default -> {
        log.warn("BUILDKIT_COLORS: ignored, must be run, cancel, error or warning: {}", kind);
        yield this;
      }
    };
  }

  private static Optional<String> named(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    if (name.equals("default")) {
      return Optional.of(command("39"));
    }
    boolean light = name.startsWith("light-");
    int index = NAMES.indexOf(light ? name.substring("light-".length()) : name);
    return index < 0
        ? Optional.empty()
        : Optional.of(command(Integer.toString((light ? 90 : 30) + index)));
  }

  /** Returns the nearest colour of the cube of six by six by six that most terminals have. */
  private static Optional<String> mixed(String text) {
    List<Integer> shares = new ArrayList<>();
    for (String share : text.split(",", -1)) {
      if (!share.matches("\\d{1,3}") || Integer.parseInt(share) > 255) {
        return Optional.empty();
      }
      shares.add(Integer.parseInt(share) / 43);
    }
    return shares.size() == 3
        ? Optional.of(
            command("38;5;" + (16 + 36 * shares.get(0) + 6 * shares.get(1) + shares.get(2))))
        : Optional.empty();
  }

  private static String command(String arguments) {
    return "\u001b[" + arguments + "m";
  }
}
