/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.flag;

import dev.buildkit.examples.buildctl.gotext.GoBool;
import dev.buildkit.examples.buildctl.gotext.GoQuote;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A value of {@code --export-cache} or {@code --import-cache}. */
public record CacheFlag(String type, Map<String, String> attrs) {
  /** The attributes that say where a local cache is. */
  public static final Set<String> PLACES = Set.of("dest", "src");

  /**
   * Returns the cache to write that a text means.
   *
   * @throws FlagException if it means none
   */
  public static CacheFlag parseExport(String text, Surroundings surroundings) {
    CacheFlag cache = parse("--export-cache", text, surroundings);
    cache.attrs.putIfAbsent("mode", "min");
    return cache.completed(surroundings);
  }

  /**
   * Returns the cache to read that a text means.
   *
   * @throws FlagException if it means none
   */
  public static CacheFlag parseImport(String text, Surroundings surroundings) {
    return parse("--import-cache", text, surroundings).completed(surroundings);
  }

  private static CacheFlag parse(String flag, String text, Surroundings surroundings) {
    if (!text.contains("type=")) {
      surroundings
          .warnings()
          .accept(flag + " <ref> is deprecated. Please use " + flag
              + " type=registry,ref=<ref>,<opt>=<optval>[,<opt>=<optval>] instead");
      return new CacheFlag("registry", new LinkedHashMap<>(Map.of("ref", text)));
    }
    Map<String, String> attrs = KeyValue.mapOf(text);
    String type = attrs.getOrDefault("type", "");
    attrs.remove("type");
    if (type.isEmpty()) {
      throw new FlagException(flag + " requires type=<type>");
    }
    return new CacheFlag(type, attrs);
  }

  /**
   * Checks what only a local cache has.
   *
   * @throws FlagException if the tag is empty or {@code reset} is no truth
   */
  public void requireLocalTagAndReset() {
    if (attrs.getOrDefault("tag", "latest").isEmpty()) {
      throw new FlagException("local cache importer requires either explicit digest,"
          + " \"latest\" tag or custom tag on index.json");
    }
    String reset = attrs.getOrDefault("reset", "false");
    if (GoBool.parse(reset).isEmpty()) {
      throw new FlagException("failed to parse reset attribute: strconv.ParseBool: parsing "
          + GoQuote.quote(reset) + ": invalid syntax");
    }
  }

  private CacheFlag completed(Surroundings surroundings) {
    if (type.equals("gha")) {
      addGithub(surroundings);
    }
    return this;
  }

  /** Fills in what the runner of GitHub Actions has in its environment. */
  private void addGithub(Surroundings surroundings) {
    Optional<String> results = surroundings.variable("ACTIONS_RESULTS_URL");
    if (isSecondVersion(surroundings)) {
      results.ifPresent(url -> attrs.putIfAbsent("url_v2", url));
    }
    surroundings
        .variable("ACTIONS_CACHE_URL")
        .or(() -> results)
        .ifPresent(url -> attrs.putIfAbsent("url", url));
    if (!attrs.containsKey("url") && !attrs.containsKey("url_v2")) {
      throw new FlagException("cache with type gha requires url parameter to be set");
    }
    surroundings
        .variable("ACTIONS_RUNTIME_TOKEN")
        .ifPresent(token -> attrs.putIfAbsent("token", token));
    if (!attrs.containsKey("token")) {
      throw new FlagException(
          "cache with type gha requires token parameter or $ACTIONS_RUNTIME_TOKEN");
    }
  }

  private boolean isSecondVersion(Surroundings surroundings) {
    String version = attrs.get("version");
    if (version != null) {
      return version.equals("2");
    }
    return surroundings
        .variable("ACTIONS_CACHE_SERVICE_V2")
        .flatMap(GoBool::parse)
        .orElse(false);
  }

  /** Returns the type and the keys; values may be credentials. */
  @Override
  public String toString() {
    return "CacheFlag[" + type + " " + attrs.keySet() + "]";
  }
}
