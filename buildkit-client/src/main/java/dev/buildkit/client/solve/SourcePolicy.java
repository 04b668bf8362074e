/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.solve;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rules about the sources that a build may read, which the daemon applies to each before it is read.
 *
 * <pre>{@code
 * SourcePolicy.empty()
 *     .deny("docker-image://*")
 *     .allow("docker-image://registry.example.com/*")
 * }</pre>
 *
 * <p>Of the allowing and denying rules that fit a source, the last one counts. A converting rule changes the source, which is then
 * looked at again. Identifiers are those of sources with full names, such as {@code docker-image://docker.io/library/alpine:latest}.
 *
 * @param rules the rules in their order
 */
public record SourcePolicy(List<Rule> rules) {
  private static final SourcePolicy EMPTY = new SourcePolicy(List.of());

  /** Copies the list. */
  public SourcePolicy {
    rules = List.copyOf(rules);
  }

  /** Returns the policy without rules, which allows everything. */
  public static SourcePolicy empty() {
    return EMPTY;
  }

  /**
   * Adds a rule that allows sources.
   *
   * @param wildcard an identifier, with {@code *} for any run of characters
   */
  public SourcePolicy allow(String wildcard) {
    return addRule(new Rule(Action.ALLOW, Selector.wildcard(wildcard), Optional.empty()));
  }

  /**
   * Adds a rule that denies sources, which fails the build.
   *
   * @param wildcard an identifier, with {@code *} for any run of characters
   */
  public SourcePolicy deny(String wildcard) {
    return addRule(new Rule(Action.DENY, Selector.wildcard(wildcard), Optional.empty()));
  }

  /**
   * Adds a rule that reads another source instead, such as the same image by its digest.
   *
   * @param wildcard an identifier, with {@code *} for any run of characters
   * @param identifier the other source; {@code ${1}} stands for what the first {@code *} matched
   */
  public SourcePolicy convert(String wildcard, String identifier) {
    return addRule(new Rule(
        Action.CONVERT,
        Selector.wildcard(wildcard),
        Optional.of(new Update(identifier, Map.of()))));
  }

  /** Adds a rule of any kind. */
  public SourcePolicy addRule(Rule rule) {
    List<Rule> longer = new ArrayList<>(rules);
    longer.add(requireNonNull(rule, "rule"));
    return new SourcePolicy(longer);
  }

  /**
   * What to do with some sources.
   *
   * @param selector the sources
   * @param update what a converting rule changes
   */
  public record Rule(Action action, Selector selector, Optional<Update> update) {
    /**
     * Checks that the rule fits together.
     *
     * @throws IllegalArgumentException if a converting rule changes nothing
     */
    public Rule {
      requireNonNull(action, "action");
      requireNonNull(selector, "selector");
      requireNonNull(update, "update");
      if (action == Action.CONVERT && update.isEmpty()) {
        throw new IllegalArgumentException("source policy: the rule that converts "
            + selector.identifier() + " has no update; say what it is converted to");
      }
    }
  }

  /** What a rule does. */
  public enum Action {
    /** The source may be read. */
    ALLOW,

    /** The build fails. */
    DENY,

    /** Another source is read instead. */
    CONVERT
  }

  /**
   * The sources that a rule is about: those whose identifier matches and whose attributes fulfil all constraints.
   *
   * @param identifier compared as the match type says
   */
  public record Selector(String identifier, MatchType matchType, List<Constraint> constraints) {
    /** Copies the list. */
    public Selector {
      requireNonNull(identifier, "identifier");
      requireNonNull(matchType, "matchType");
      constraints = List.copyOf(constraints);
    }

    /** Returns the sources whose identifier matches, with {@code *} for any run of characters. */
    public static Selector wildcard(String identifier) {
      return new Selector(identifier, MatchType.WILDCARD, List.of());
    }
  }

  /** How identifiers are compared. */
  public enum MatchType {
    /** With {@code *} for any run of characters. */
    WILDCARD,

    /** Character by character. */
    EXACT,

    /** By a regular expression of Go. */
    REGEX
  }

  /**
   * A condition on an attribute of a source.
   *
   * @param key such as {@code git.checksum}
   * @param value compared as the condition says
   */
  public record Constraint(String key, String value, Condition condition) {
    /** Requires all parts. */
    public Constraint {
      requireNonNull(key, "key");
      requireNonNull(value, "value");
      requireNonNull(condition, "condition");
    }
  }

  /** How attributes are compared. */
  public enum Condition {
    /** They are equal. */
    EQUAL,

    /** They are not equal. */
    NOTEQUAL,

    /** The value is a regular expression of Go that matches. */
    MATCHES
  }

  /**
   * What a converting rule changes.
   *
   * @param identifier the other source; empty for the same one
   * @param attrs attributes that are set, such as {@code http.checksum}
   */
  public record Update(String identifier, Map<String, String> attrs) {
    /** Copies the map. */
    public Update {
      requireNonNull(identifier, "identifier");
      attrs = Map.copyOf(attrs);
    }
  }
}
