/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The graphs of a group of vectors, written with this library. */
final class Cases {
  static final String DIGEST_A = "sha256:" + "a".repeat(64);
  static final String DIGEST_B = "sha256:" + "b".repeat(64);

  /** What the graph of a case read from its states, in the form of the vector's values. */
  static final class Values {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private final ArrayNode values = MAPPER.createArrayNode();

    void add(String call, @Nullable Object result) {
      values.addObject().put("call", call).set("result", MAPPER.valueToTree(result));
    }

    void dir(String name, State state) {
      add(name + ".getDir()", state.dir());
    }

    void envArray(String name, State state) {
      add(name + ".env().toArray()", array(state.env()));
    }

    void env(String name, State state, String key) {
      Optional<String> value = Optional.ofNullable(state.env().get(key));
      add(
          name + ".getEnv(\"" + key + "\")",
          Map.of("found", value.isPresent(), "value", value.orElse("")));
    }

    static List<String> array(Map<String, String> env) {
      return env.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
    }

    JsonNode json() {
      return values;
    }
  }

  /** A case that is refused, with the whole message. */
  record Failure(Supplier<@Nullable Object> attempt, String message) {}

  private final String group;
  private final Map<String, Function<Values, State>> graphs = new LinkedHashMap<>();
  private final Map<String, Failure> failures = new LinkedHashMap<>();
  private final Map<String, String> impossible = new LinkedHashMap<>();

  Cases(String group) {
    this.group = group;
  }

  /** Adds a graph. */
  Cases graph(String name, Supplier<State> graph) {
    return graph(name, values -> graph.get());
  }

  /** Adds a graph that also reads from states on the way. */
  Cases graph(String name, Function<Values, State> graph) {
    graphs.put(group + "/" + name, graph);
    return this;
  }

  /** Adds a graph that must be refused at once. */
  Cases refused(String name, String message, Supplier<@Nullable Object> attempt) {
    failures.put(group + "/" + name, new Failure(attempt, message));
    return this;
  }

  /** Names a case that no Java program can be written for. */
  Cases impossible(String name, String reason) {
    impossible.put(group + "/" + name, reason);
    return this;
  }

  boolean canBeWritten(String name) {
    return graphs.containsKey(name) || failures.containsKey(name);
  }

  @Nullable
  Function<Values, State> graph(String name) {
    return graphs.get(name);
  }

  @Nullable
  Failure failure(String name) {
    return failures.get(name);
  }

  /** Returns the names of all cases here, whatever becomes of them. */
  Set<String> names() {
    Set<String> names = new TreeSet<>(graphs.keySet());
    names.addAll(failures.keySet());
    names.addAll(impossible.keySet());
    return names;
  }

  static Exec args(String... args) {
    return Exec.args(args);
  }

  static Constraints on(Platform platform) {
    return Constraints.none().platform(platform);
  }

  static Constraints named(String name) {
    return Constraints.none().customName(name);
  }
}
