/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The platforms whose programs one machine runs, the most suitable first; as a comparator, the order
 * of preference among images.
 */
final class PlatformMatcher implements Comparator<Platform> {
  private static final Pattern VERSION = Pattern.compile("v?([0-9]{1,9})");
  private static final Pattern ARM64_VERSION = Pattern.compile("v([89])(?:\\.([0-9]))?");

  private final List<Platform> candidates;

  private PlatformMatcher(List<Platform> candidates) {
    this.candidates = candidates;
  }

  /** Matches {@code platform} in any spelling. */
  static PlatformMatcher same(Platform platform) {
    return new PlatformMatcher(List.of(platform.normalized()));
  }

  /** Matches {@code platform} and the older or narrower ones that it runs too. */
  static PlatformMatcher compatible(Platform platform) {
    Platform machine = platform.normalized();
    List<Platform> candidates = new ArrayList<>();
    switch (machine.architecture()) {
      case "amd64" -> {
        addDownTo(1, machine, candidates);
        candidates.add(cpu(machine, "386", ""));
      }
      case "arm" -> addDownTo(5, machine, candidates);
      case "arm64" -> addArm64(machine, candidates);
      default -> candidates.add(machine);
    }
    return new PlatformMatcher(List.copyOf(candidates));
  }

  private static void addDownTo(int oldest, Platform machine, List<Platform> candidates) {
    candidates.add(machine);
    Matcher version = VERSION.matcher(machine.variant());
    if (version.matches()) {
      for (int v = Integer.parseInt(version.group(1)) - 1; v >= oldest; v--) {
        candidates.add(machine.variant("v" + v));
      }
    }
  }

  private static void addArm64(Platform machine, List<Platform> candidates) {
    Matcher version = ARM64_VERSION.matcher(machine.variant().isEmpty() ? "v8" : machine.variant());
    if (!version.matches()) {
      candidates.add(machine);
      return;
    }
    int minor = version.group(2) == null ? 0 : Integer.parseInt(version.group(2));
    if (version.group(1).equals("9")) {
      addMinors(9, minor, machine, candidates);
      // Armv9.N contains Armv8.(N+5), up to the last one.
      addMinors(8, Math.min(minor + 5, 9), machine, candidates);
    } else {
      addMinors(8, minor, machine, candidates);
    }
    addDownTo(5, cpu(machine, "arm", "v8"), candidates);
  }

  private static void addMinors(int major, int minor, Platform machine, List<Platform> candidates) {
    for (int m = minor; m >= 0; m--) {
      candidates.add(machine.variant(m == 0 ? "v" + major : "v" + major + "." + m));
    }
  }

  private static Platform cpu(Platform machine, String architecture, String variant) {
    return new Platform(
        machine.os(), architecture, variant, machine.osVersion(), machine.osFeatures());
  }

  /** Returns whether one of the platforms here runs {@code image}. */
  boolean matches(Platform image) {
    return rank(image) < candidates.size();
  }

  @Override
  public int compare(Platform a, Platform b) {
    int byRank = Integer.compare(rank(a), rank(b));
    if (byRank != 0) {
      return byRank;
    }
    if (matches(a)) {
      // Both suit the same candidate: the one that makes use of more features is the better.
      return Integer.compare(b.osFeatures().size(), a.osFeatures().size());
    }
    if (a.osFeatures().isEmpty() && b.osFeatures().isEmpty()) {
      return 0;
    }
    return compare(a.osFeatures(List.of()), b.osFeatures(List.of()));
  }

  private int rank(Platform image) {
    Platform normalized = image.normalized();
    int rank = 0;
    while (rank < candidates.size() && !matches(candidates.get(rank), normalized)) {
      rank++;
    }
    return rank;
  }

  private static boolean matches(Platform candidate, Platform image) {
    Platform machine = candidate.normalized();
    return machine.os().equals(image.os())
        && machine.architecture().equals(image.architecture())
        && machine.variant().equals(image.variant())
        && (machine.os().equals("windows")
            ? runsWindows(machine, image) && machine.osFeatures().containsAll(comparable(image))
            : machine.osFeatures().containsAll(image.osFeatures()));
  }

  /** Every Windows that runs containers has win32k, whether it says so or not. */
  private static List<String> comparable(Platform image) {
    return image.osFeatures().stream()
        .filter(feature -> !feature.equals("win32k"))
        .toList();
  }

  private static boolean runsWindows(Platform machine, Platform image) {
    WindowsVersion host = WindowsVersion.of(machine.osVersion());
    if (host == null || image.osVersion().isEmpty()) {
      return true;
    }
    WindowsVersion guest = WindowsVersion.of(image.osVersion());
    return guest != null && host.runs(guest);
  }

  private record WindowsVersion(int major, int minor, int build) {
    private static final Pattern TEXT =
        Pattern.compile("([0-9]{1,9})\\.([0-9]{1,9})\\.([0-9]{1,9})(?:\\..*)?");

    /** The builds of Server 2022 and 2025: each runs containers of all versions since the one before. */
    private static final List<Integer> LONG_TERM_BUILDS = List.of(20348, 26100);

    static @Nullable WindowsVersion of(String text) {
      Matcher matcher = TEXT.matcher(text);
      if (!matcher.matches()) {
        return null;
      }
      return new WindowsVersion(
          Integer.parseInt(matcher.group(1)),
          Integer.parseInt(matcher.group(2)),
          Integer.parseInt(matcher.group(3)));
    }

    boolean runs(WindowsVersion guest) {
      if (major != guest.major || minor != guest.minor) {
        return false;
      }
      int oldest =
          LONG_TERM_BUILDS.stream().filter(b -> b < build).reduce((a, b) -> b).orElse(build);
      return oldest <= guest.build && guest.build <= build;
    }
  }
}
