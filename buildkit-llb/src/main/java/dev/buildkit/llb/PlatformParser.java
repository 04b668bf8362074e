/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.stream.Collectors.joining;

import dev.buildkit.llb.internal.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads, writes and normalises the text form of a {@link Platform}, as containerd does. */
final class PlatformParser {
  private static final Set<String> SYSTEMS = words("""
      aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9
      solaris windows zos""");
  private static final Set<String> ARCHITECTURES = words("""
      386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32
      mips64p32le ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm""");

  private static final Pattern SYSTEM =
      Pattern.compile("([A-Za-z0-9_-]+)(?:\\(([A-Za-z0-9_.%-]*)((?:\\+[A-Za-z0-9_.%-]++)*+)\\))?");
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_.-]+");

  /** Architecture and variant belong together: a spelling of the one may imply the other. */
  private record Cpu(String architecture, String variant) {}

  private PlatformParser() {}

  /** Returns the platform that {@code text} names, on {@code hostArchitecture} if it names none. */
  static Platform parse(String text, String hostArchitecture) {
    if (text.contains("*")) {
      throw invalid(text, "wildcards are not supported; name one platform, such as linux/amd64");
    }
    String[] parts = text.split("/", 4);
    Matcher system = SYSTEM.matcher(parts[0]);
    if (!system.matches()) {
      throw invalid(
          text,
          "\"" + parts[0]
              + "\" is no operating system; write os/architecture, such as linux/amd64");
    }
    for (int i = 1; i < parts.length; i++) {
      if (!PART.matcher(parts[i]).matches()) {
        throw invalid(
            text,
            "\"" + parts[i] + "\" is no architecture or variant; use letters, digits and . _ -");
      }
    }
    String os = systemName(system.group(1));
    Cpu cpu = switch (parts.length) {
      case 1 -> SYSTEMS.contains(os) ? plain(hostArchitecture) : plain(parts[0]);
      case 2 -> plain(parts[1]);
      case 3 -> withVariant(parts[1], parts[2]);
      default -> throw invalid(text, "it has more than three parts; write os/architecture/variant");
    };
    if (parts.length == 1 && !SYSTEMS.contains(os)) {
      if (!ARCHITECTURES.contains(cpu.architecture)) {
        throw invalid(
            text, "unknown operating system or architecture; write both, such as linux/amd64");
      }
      os = "linux";
    }
    return new Platform(
        os,
        cpu.architecture,
        cpu.variant,
        decode(text, system.group(2) == null ? "" : system.group(2)),
        features(text, system.group(3)));
  }

  private static Cpu plain(String architecture) {
    Cpu cpu = cpu(architecture, "");
    // An arm without a variant stays one; only normalised platforms name the default.
    return cpu.architecture.equals("arm") && cpu.variant.equals("v7") ? new Cpu("arm", "") : cpu;
  }

  private static Cpu withVariant(String architecture, String variant) {
    Cpu cpu = cpu(architecture, variant);
    // The default that normalising drops is kept if it was written out.
    return cpu.architecture.equals("arm64") && cpu.variant.isEmpty() ? new Cpu("arm64", "v8") : cpu;
  }

  private static List<String> features(String text, String group) {
    List<String> features = new ArrayList<>();
    if (group != null && !group.isEmpty()) {
      for (String feature : group.substring(1).split("\\+", -1)) {
        features.add(decode(text, feature));
      }
    }
    return features;
  }

  static Platform normalize(Platform platform) {
    Cpu cpu = cpu(platform.architecture(), platform.variant());
    return new Platform(
        platform.os().isEmpty() ? "linux" : systemName(platform.os()),
        cpu.architecture,
        cpu.variant,
        platform.osVersion(),
        platform.osFeatures().stream().sorted(Utf8.ORDER).distinct().toList());
  }

  private static String systemName(String os) {
    String lower = os.toLowerCase(Locale.ROOT);
    return lower.equals("macos") ? "darwin" : lower;
  }

  private static Cpu cpu(String givenArchitecture, String givenVariant) {
    String architecture = givenArchitecture.toLowerCase(Locale.ROOT);
    String variant = givenVariant.toLowerCase(Locale.ROOT);
    return switch (architecture) {
      case "i386" -> new Cpu("386", "");
      case "x86_64", "x86-64", "amd64" -> new Cpu("amd64", variant.equals("v1") ? "" : variant);
      case "aarch64", "arm64" -> new Cpu("arm64", arm64Variant(variant));
      case "armhf" -> new Cpu("arm", "v7");
      case "armel" -> new Cpu("arm", "v6");
      case "arm" -> new Cpu("arm", armVariant(variant));
      default -> new Cpu(architecture, variant);
    };
  }

  private static String arm64Variant(String variant) {
    return switch (variant) {
      case "8", "v8", "v8.0" -> "";
      case "9", "9.0", "v9.0" -> "v9";
      default -> variant;
    };
  }

  private static String armVariant(String variant) {
    return switch (variant) {
      case "", "7" -> "v7";
      case "5", "6", "8" -> "v" + variant;
      default -> variant;
    };
  }

  static String format(Platform platform) {
    String features = platform.osFeatures().stream()
        .filter(feature -> !feature.isEmpty())
        .sorted(Utf8.ORDER)
        .distinct()
        .map(feature -> "+" + encode(feature))
        .collect(joining());
    String options = encode(platform.osVersion()) + features;
    if (platform.os().isEmpty() || options.isEmpty()) {
      return platform.shortName();
    }
    return UnixPath.join(
        platform.os() + "(" + options + ")", platform.architecture(), platform.variant());
  }

  /** Writes the characters that have a meaning in the text form as {@code %XX}. */
  private static String encode(String option) {
    return option
        .replace("%", "%25")
        .replace("+", "%2B")
        .replace("(", "%28")
        .replace(")", "%29")
        .replace("/", "%2F");
  }

  private static String decode(String text, String option) {
    try {
      return Percent.decode(option);
    } catch (IllegalArgumentException e) {
      throw invalid(text, String.valueOf(e.getMessage()));
    }
  }

  private static Set<String> words(String text) {
    return Set.of(text.split("\\s+"));
  }

  private static IllegalArgumentException invalid(String text, String reason) {
    return new IllegalArgumentException("parse platform \"" + text + "\": " + reason);
  }
}
