/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.export;

import java.util.Map;
import java.util.Set;

/** What can be said about attributes before a daemon sees them. */
final class AttributeRules {
  /** What buildctl's {@code --output} has beside attributes. */
  private static final Set<String> NOT_FOR_THE_DAEMON = Set.of("dest", "type");

  private static final Set<String> IMAGE_ONLY =
      Set.of("push", "push-by-digest", "registry.insecure", "unpack", "store");

  private static final String NEEDS_OCI_MEDIA_TYPES = "estargz";
  private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

  static void check(String exporter, String key, Map<String, String> attrs) {
    checkKey(exporter, key);
    switch (exporter) {
      case "local" -> {
        checkMode(attrs);
        checkSource(exporter, attrs);
      }
      case "tar" -> checkSource(exporter, attrs);
      case "image", "oci", "docker" -> checkImage(exporter, attrs);
      default -> {}
    }
  }

  private static void checkKey(String exporter, String key) {
    if (key.isBlank()) {
      throw new IllegalArgumentException(
          "attribute of the " + exporter + " exporter: the key is blank; name one of BuildKit's");
    }
    String attribute = "attribute " + key + " of the " + exporter + " exporter: ";
    if (NOT_FOR_THE_DAEMON.contains(key)) {
      throw new IllegalArgumentException(
          attribute + "the daemon never sees it; say it by the factory Exporter." + exporter);
    }
    boolean archive = exporter.equals("oci") || exporter.equals("docker");
    if (archive && key.equals("tar")) {
      throw new IllegalArgumentException(attribute
          + "the form follows from the target; leave it out to get a tar stream, or use Exporter."
          + exporter + "Layout");
    }
    if (archive && IMAGE_ONLY.contains(key)) {
      throw new IllegalArgumentException(
          attribute + "the daemon would ignore it; use Exporter.image, which pushes and stores");
    }
  }

  private static void checkMode(Map<String, String> attrs) {
    String mode = attrs.getOrDefault("mode", "copy");
    if (!mode.equals("copy") && !mode.equals("delete")) {
      throw new IllegalArgumentException(
          "attribute mode of the local exporter: must be copy or delete, but was: " + mode);
    }
  }

  private static void checkSource(String exporter, Map<String, String> attrs) {
    if (attrs.getOrDefault("src", "/").isEmpty()) {
      throw new IllegalArgumentException("attribute src of the " + exporter
          + " exporter: the path is empty; leave it out to export the whole result");
    }
  }

  private static void checkImage(String exporter, Map<String, String> attrs) {
    String compression = attrs.getOrDefault("compression", "");
    if (isFalse(attrs, "oci-mediatypes")) {
      if (compression.equals(NEEDS_OCI_MEDIA_TYPES)) {
        throw contradiction(exporter, "compression=" + compression, "oci-mediatypes=false");
      }
      if (isTrue(attrs, "oci-artifact")) {
        throw contradiction(exporter, "oci-artifact=true", "oci-mediatypes=false");
      }
    }
    checkLevel(exporter, compression, attrs.getOrDefault("compression-level", ""));
  }

  private static void checkLevel(String exporter, String compression, String level) {
    int highest = compression.equals("gzip") || compression.equals("estargz") ? 9 : 22;
    if (!level.isEmpty() && !isWithin(level, highest)) {
      throw new IllegalArgumentException("attribute compression-level of the " + exporter
          + " exporter: must be from 0 to " + highest + ", but was: " + level);
    }
  }

  private static boolean isWithin(String level, int highest) {
    try {
      int number = Integer.parseInt(level);
      return number >= 0 && number <= highest;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** An empty value is true for some flags and an error for the others, which the daemon tells. */
  static boolean isTrue(Map<String, String> attrs, String key) {
    return attrs.containsKey(key) && !isFalse(attrs, key);
  }

  private static boolean isFalse(Map<String, String> attrs, String key) {
    return FALSE.contains(attrs.getOrDefault(key, "true"));
  }

  private static IllegalArgumentException contradiction(String exporter, String one, String other) {
    return new IllegalArgumentException("attributes of the " + exporter + " exporter: " + one
        + " contradicts " + other + "; leave one out");
  }

  private AttributeRules() {}
}
