/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb.graph;

import com.google.protobuf.ByteString;
import dev.buildkit.api.OpsProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Which operation of one graph is which of another.
 *
 * <p>The same digest is the same operation. Of the others, those with the same content belong together,
 * and at last those that the same reader uses for the same: these were changed.
 */
final class Matching {
  /** An operation without the digests of what it reads, and what it reads as vertices. */
  private record Signature(ByteString content, List<Edge> inputs) {}

  private final Graph before;
  private final Graph after;
  private final Map<Vertex, Vertex> toAfter = new HashMap<>();
  private final Map<Vertex, Vertex> toBefore = new HashMap<>();
  private final Map<Vertex, ByteString> contents = new HashMap<>();

  private Matching(Graph before, Graph after) {
    this.before = before;
    this.after = after;
  }

  static Matching of(Graph before, Graph after) {
    Matching matching = new Matching(before, after);
    matching.byDigest();
    matching.alongReaders(matching::sameContent);
    matching.alongInputs();
    matching.byContent();
    matching.alongReaders(Matching::sameKind);
    return matching;
  }

  /** Returns what an operation of the second graph is in the first. */
  Optional<Vertex> before(Vertex vertex) {
    return Optional.ofNullable(toBefore.get(vertex));
  }

  /** Returns what an operation of the first graph is in the second. */
  Optional<Vertex> after(Vertex vertex) {
    return Optional.ofNullable(toAfter.get(vertex));
  }

  private void byDigest() {
    for (Vertex vertex : before.vertices()) {
      after.vertex(vertex.digest()).ifPresent(same -> match(vertex, same));
    }
  }

  /** Goes from the results to what they read, and matches what the same reader uses for the same. */
  private void alongReaders(BiPredicate<Vertex, Vertex> alike) {
    if (before.result().isPresent() && after.result().isPresent()) {
      tryMatch(before.result().get().vertex(), after.result().get().vertex(), alike);
    }
    List<Vertex> readersFirst = new ArrayList<>(after.vertices());
    Collections.reverse(readersFirst);
    for (Vertex reader : readersFirst) {
      Vertex match = toBefore.get(reader);
      // What reads under the same digest reads the same, which is matched already.
      if (match != null && !match.digest().equals(reader.digest())) {
        matchInputs(match, reader, alike);
      }
    }
  }

  private void matchInputs(Vertex first, Vertex second, BiPredicate<Vertex, Vertex> alike) {
    Map<Object, List<Vertex>> slots = Slots.of(first, this::after);
    Slots.of(second, vertex -> Optional.of(vertex).filter(toBefore::containsKey))
        .forEach((slot, inputs) -> {
          List<Vertex> others = slots.getOrDefault(slot, List.of());
          for (int i = 0; i < Math.min(inputs.size(), others.size()); i++) {
            tryMatch(others.get(i), inputs.get(i), alike);
          }
        });
  }

  /** Goes from sources to results, and matches what has the same content and reads the same. */
  private void alongInputs() {
    Map<Signature, Deque<Vertex>> signatures = new HashMap<>();
    for (Vertex vertex : unmatched(before, toAfter)) {
      signatures
          .computeIfAbsent(
              new Signature(content(vertex), vertex.inputs()), key -> new ArrayDeque<>())
          .add(vertex);
    }
    for (Vertex vertex : unmatched(after, toBefore)) {
      List<Edge> inputs = vertex.inputs().stream()
          .filter(input -> toBefore.containsKey(input.vertex()))
          .map(input ->
              new Edge(toBefore.getOrDefault(input.vertex(), input.vertex()), input.index()))
          .toList();
      poll(signatures, new Signature(content(vertex), inputs), vertex);
    }
  }

  private void byContent() {
    Map<ByteString, Deque<Vertex>> rest = new HashMap<>();
    for (Vertex vertex : unmatched(before, toAfter)) {
      rest.computeIfAbsent(content(vertex), key -> new ArrayDeque<>()).add(vertex);
    }
    for (Vertex vertex : unmatched(after, toBefore)) {
      poll(rest, content(vertex), vertex);
    }
  }

  private <K> void poll(Map<K, Deque<Vertex>> candidates, K key, Vertex second) {
    Vertex first = candidates.getOrDefault(key, new ArrayDeque<>()).poll();
    if (first != null) {
      match(first, second);
    }
  }

  private static List<Vertex> unmatched(Graph graph, Map<Vertex, Vertex> matches) {
    return graph.vertices().stream()
        .filter(vertex -> !matches.containsKey(vertex))
        .toList();
  }

  private void tryMatch(Vertex first, Vertex second, BiPredicate<Vertex, Vertex> alike) {
    if (!toAfter.containsKey(first) && !toBefore.containsKey(second) && alike.test(first, second)) {
      match(first, second);
    }
  }

  private void match(Vertex first, Vertex second) {
    toAfter.put(first, second);
    toBefore.put(second, first);
  }

  private boolean sameContent(Vertex first, Vertex second) {
    return content(first).equals(content(second));
  }

  private static boolean sameKind(Vertex first, Vertex second) {
    return first.op().getClass().equals(second.op().getClass());
  }

  private ByteString content(Vertex vertex) {
    return contents.computeIfAbsent(vertex, Matching::withoutDigests);
  }

  private static ByteString withoutDigests(Vertex vertex) {
    OpsProto.Op.Builder op = vertex.operation().op().toBuilder();
    op.getInputsBuilderList().forEach(input -> input.clearDigest());
    return op.build().toByteString();
  }
}
