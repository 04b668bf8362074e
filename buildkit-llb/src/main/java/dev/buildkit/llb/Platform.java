/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import dev.buildkit.api.OpsProto;
import java.util.Comparator;
import java.util.List;

/**
 * An operating system and a processor architecture, such as {@code linux/arm64}.
 *
 * <p>The parts are kept as they are given; {@link #normalized()} replaces the many spellings of one
 * platform ({@code aarch64}, {@code arm64/v8}) by one. Two platforms are equal if all their parts are.
 */
public final class Platform {
  /** Linux on x86-64. */
  public static final Platform LINUX_AMD64 = of("linux", "amd64");

  /** Linux on 64-bit ARM. */
  public static final Platform LINUX_ARM64 = of("linux", "arm64");

  /** Linux on 32-bit ARM, version 7. */
  public static final Platform LINUX_ARM_V7 = of("linux", "arm").variant("v7");

  /** Linux on 32-bit ARM, version 6. */
  public static final Platform LINUX_ARM_V6 = of("linux", "arm").variant("v6");

  /** Linux on IBM Z. */
  public static final Platform LINUX_S390X = of("linux", "s390x");

  /** Linux on big-endian POWER. */
  public static final Platform LINUX_PPC64 = of("linux", "ppc64");

  /** Linux on little-endian POWER. */
  public static final Platform LINUX_PPC64LE = of("linux", "ppc64le");

  /** Linux on 64-bit RISC-V. */
  public static final Platform LINUX_RISCV64 = of("linux", "riscv64");

  /** Windows on x86-64. */
  public static final Platform WINDOWS_AMD64 = of("windows", "amd64");

  /** macOS on x86-64. */
  public static final Platform DARWIN_AMD64 = of("darwin", "amd64");

  private final String os;
  private final String architecture;
  private final String variant;
  private final String osVersion;
  private final List<String> osFeatures;

  Platform(
      String os, String architecture, String variant, String osVersion, List<String> osFeatures) {
    this.os = os;
    this.architecture = architecture;
    this.variant = variant;
    this.osVersion = osVersion;
    this.osFeatures = List.copyOf(osFeatures);
  }

  /**
   * Returns the platform of an operating system and an architecture, in Go's names.
   *
   * @throws IllegalArgumentException if one is empty
   */
  public static Platform of(String os, String architecture) {
    Check.notEmpty(os, "platform: os", "give one, such as linux");
    Check.notEmpty(architecture, "platform: architecture", "give one, such as amd64");
    return new Platform(os, architecture, "", "", List.of());
  }

  /**
   * Returns the platform that {@code text} names; the inverse of {@link #toString()}.
   *
   * <p>The form is {@code os/architecture/variant}, the operating system optionally followed by its
   * version and features, as in {@code windows(10.0.17763+win32k)/amd64}. If only one of operating
   * system and architecture is given, the other is Linux or the architecture of this machine. Known
   * other spellings ({@code x86_64}, {@code macos}, {@code armhf}) are replaced.
   *
   * @throws IllegalArgumentException if {@code text} is no platform
   */
  public static Platform parse(String text) {
    return PlatformParser.parse(requireNonNull(text, "text"), hostArchitecture());
  }

  /** Returns Linux on the architecture of this machine, whatever operating system runs here. */
  static Platform linuxOnThisMachine() {
    return PlatformParser.parse("linux", hostArchitecture()).normalized();
  }

  private static String hostArchitecture() {
    String name = System.getProperty("os.arch");
    return name.equals("x86") ? "386" : name;
  }

  static Platform of(OpsProto.Platform message) {
    return new Platform(
        message.getOS(),
        message.getArchitecture(),
        message.getVariant(),
        message.getOSVersion(),
        message.getOSFeaturesList());
  }

  /** Returns the name of the operating system, such as {@code linux}. */
  public String os() {
    return os;
  }

  /** Returns the name of the architecture, such as {@code amd64}. */
  public String architecture() {
    return architecture;
  }

  /** Returns the version of the architecture, such as {@code v7}; empty if there is none. */
  public String variant() {
    return variant;
  }

  /** Returns the version of the operating system; empty if there is none. */
  public String osVersion() {
    return osVersion;
  }

  /** Returns the features that are demanded of the operating system. */
  public List<String> osFeatures() {
    return osFeatures;
  }

  /** Returns this platform with a version of the architecture; an empty one removes it. */
  public Platform variant(String variant) {
    requireNonNull(variant, "variant");
    return new Platform(os, architecture, variant, osVersion, osFeatures);
  }

  /** Returns this platform with a version of the operating system; an empty one removes it. */
  public Platform osVersion(String osVersion) {
    requireNonNull(osVersion, "osVersion");
    return new Platform(os, architecture, variant, osVersion, osFeatures);
  }

  /** Returns this platform with these features of the operating system instead of its own. */
  public Platform osFeatures(List<String> osFeatures) {
    return new Platform(os, architecture, variant, osVersion, osFeatures);
  }

  /**
   * Returns the usual spelling of this platform: lower case, {@code amd64} without {@code v1}, {@code
   * arm64} without {@code v8}, {@code arm} with {@code v7} if it has no variant, features sorted.
   */
  public Platform normalized() {
    return PlatformParser.normalize(this);
  }

  /**
   * Returns whether a machine of this platform can use an image that was made for {@code image}.
   *
   * <p>A machine also runs older variants of its architecture, {@code linux/amd64} also {@code
   * linux/386}, and {@code linux/arm64} also {@code linux/arm}.
   */
  public boolean runs(Platform image) {
    return PlatformMatcher.compatible(this).matches(requireNonNull(image, "image"));
  }

  /** Returns whether {@code other} is the same platform, however the two are spelled. */
  public boolean matches(Platform other) {
    return PlatformMatcher.same(this).matches(requireNonNull(other, "other"));
  }

  /**
   * Returns an order of images in which those that suit a machine of this platform best come first,
   * and those it cannot run last.
   */
  public Comparator<Platform> preference() {
    return PlatformMatcher.compatible(this);
  }

  OpsProto.Platform toProto() {
    return OpsProto.Platform.newBuilder()
        .setOS(os)
        .setArchitecture(architecture)
        .setVariant(variant)
        .setOSVersion(osVersion)
        .addAllOSFeatures(osFeatures)
        .build();
  }

  /** Returns {@code os/architecture/variant} without version and features. */
  String shortName() {
    return os.isEmpty() ? "unknown" : UnixPath.join(os, architecture, variant);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Platform other
        && os.equals(other.os)
        && architecture.equals(other.architecture)
        && variant.equals(other.variant)
        && osVersion.equals(other.osVersion)
        && osFeatures.equals(other.osFeatures);
  }

  @Override
  public int hashCode() {
    int hash = os.hashCode();
    hash = 31 * hash + architecture.hashCode();
    hash = 31 * hash + variant.hashCode();
    hash = 31 * hash + osVersion.hashCode();
    return 31 * hash + osFeatures.hashCode();
  }

  /** Returns the platform as {@code os(version+features)/architecture/variant}. */
  @Override
  public String toString() {
    return PlatformParser.format(this);
  }
}
