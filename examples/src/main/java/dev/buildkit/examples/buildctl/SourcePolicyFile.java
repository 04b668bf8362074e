/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.buildkit.client.solve.SourcePolicy;
import dev.buildkit.client.solve.SourcePolicy.Action;
import dev.buildkit.client.solve.SourcePolicy.Condition;
import dev.buildkit.client.solve.SourcePolicy.Constraint;
import dev.buildkit.client.solve.SourcePolicy.MatchType;
import dev.buildkit.client.solve.SourcePolicy.Rule;
import dev.buildkit.client.solve.SourcePolicy.Selector;
import dev.buildkit.client.solve.SourcePolicy.Update;
import dev.buildkit.examples.buildctl.flag.FlagException;
import dev.buildkit.examples.buildctl.flag.Surroundings;
import dev.buildkit.examples.buildctl.gotext.GoQuote;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Source policies as JSON files, with constants by name or number. */
final class SourcePolicyFile {
  private SourcePolicyFile() {}

  static SourcePolicy read(String name, Surroundings surroundings) throws IOException {
    byte[] bytes = Files.readAllBytes(surroundings.path(name));
    try {
      SourcePolicy policy = SourcePolicy.empty();
      for (JsonNode rule : members(policy(bytes), "rules")) {
        policy = policy.addRule(rule(rule));
      }
      return policy;
    } catch (JsonEOFException e) {
      throw noPolicy(name, "unexpected end of JSON input");
    } catch (JsonProcessingException e) {
      throw noPolicy(name, e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      throw noPolicy(name, String.valueOf(e.getMessage()));
    }
  }

  private static FlagException noPolicy(String name, String why) {
    return new FlagException(
        "failed to unmarshal source-policy-file " + GoQuote.quote(name) + ": " + why);
  }

  /** What is {@code null} is as if it were not there, as a whole or in part. */
  private static JsonNode policy(byte[] bytes) throws IOException {
    JsonNode policy = new ObjectMapper().readTree(bytes);
    if (policy.isMissingNode()) {
      throw new IllegalArgumentException("unexpected end of JSON input");
    }
    if (!policy.isObject() && !policy.isNull()) {
      throw new IllegalArgumentException("a policy is an object, but this is: " + policy);
    }
    return policy;
  }

  private static JsonNode members(JsonNode object, String name) {
    JsonNode members = object.path(name);
    if (!members.isArray() && !members.isNull() && !members.isMissingNode()) {
      throw new IllegalArgumentException(name + " must be an array, but is: " + members);
    }
    return members;
  }

  private static Rule rule(JsonNode rule) {
    Action action = constant(Action.values(), rule.path("action"));
    if (!rule.path("selector").isObject()) {
      throw new IllegalArgumentException("a rule needs a selector, but this has none: " + rule);
    }
    return new Rule(action, selector(rule.path("selector")), update(rule.path("updates")));
  }

  private static Selector selector(JsonNode selector) {
    List<Constraint> constraints = new ArrayList<>();
    for (JsonNode constraint : members(selector, "constraints")) {
      constraints.add(new Constraint(
          constraint.path("key").asText(),
          constraint.path("value").asText(),
          constant(Condition.values(), constraint.path("condition"))));
    }
    return new Selector(
        selector.path("identifier").asText(),
        constant(MatchType.values(), selector.path("match_type")),
        constraints);
  }

  private static Optional<Update> update(JsonNode update) {
    if (!update.isObject()) {
      return Optional.empty();
    }
    Map<String, String> attrs = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> attr : update.path("attrs").properties()) {
      attrs.put(attr.getKey(), attr.getValue().asText());
    }
    return Optional.of(new Update(update.path("identifier").asText(), attrs));
  }

  /** Constants go by their name or by their place; the first one is the default. */
  private static <E extends Enum<E>> E constant(E[] values, JsonNode node) {
    if (node.isMissingNode()) {
      return values[0];
    }
    for (int number = 0; number < values.length; number++) {
      if (node.asText().equals(node.isNumber() ? "" + number : values[number].name())) {
        return values[number];
      }
    }
    throw new IllegalArgumentException(
        "invalid " + values[0].getDeclaringClass().getSimpleName() + " value: " + node);
  }
}
