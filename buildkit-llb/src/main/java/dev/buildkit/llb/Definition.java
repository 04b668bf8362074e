/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import dev.buildkit.api.OpsProto;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A graph of operations in the form that a daemon solves; what {@link State#marshal()} returns.
 *
 * <p>Its bytes are those of BuildKit's {@code pb.Definition}, which {@code buildctl build} reads from
 * its standard input and {@code buildctl debug dump-llb} shows. Equal definitions have equal bytes.
 * The definition of {@link State#scratch()} is empty.
 */
public final class Definition {
  /** The definition of the empty file system. */
  static final Definition EMPTY = new Definition(OpsProto.Definition.getDefaultInstance());

  private static final String LOCAL = "local://";

  private final OpsProto.Definition message;

  private Definition(OpsProto.Definition message) {
    this.message = message;
  }

  /** Returns the definition of a message whose content is known to be good. */
  static Definition of(OpsProto.Definition message) {
    return new Definition(Canonical.definition(message));
  }

  /**
   * Returns the definition that {@code bytes} hold; the inverse of {@link #toByteArray()}.
   *
   * @throws IllegalArgumentException if they are not those of a definition with at least one operation
   *     and a result, or if an operation refers to one that is not there
   */
  public static Definition parse(byte[] bytes) {
    return of(DefinitionParser.parse(requireNonNull(bytes, "bytes")));
  }

  /**
   * Reads {@code in} to its end and returns the definition that it holds. The stream is not closed.
   *
   * @throws IllegalArgumentException as {@link #parse(byte[])} does
   * @throws IOException if reading fails
   */
  public static Definition parse(InputStream in) throws IOException {
    return parse(in.readAllBytes());
  }

  /**
   * Returns the definition whose bytes {@code text} holds in base64; the inverse of {@link
   * #toBase64()}. White space is ignored.
   *
   * @throws IllegalArgumentException if it is no base64, or as {@link #parse(byte[])} does
   */
  public static Definition parseBase64(String text) {
    return parse(decode(requireNonNull(text, "text").replaceAll("\\s", "")));
  }

  private static byte[] decode(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "parse definition: " + text.length() + " characters are no base64: " + e.getMessage()
              + "; pass the text of Definition.toBase64() or the output of the base64 command",
          e);
    }
  }

  /** Returns whether there are no operations, which means the empty file system. */
  public boolean isEmpty() {
    return message.getDefCount() == 0;
  }

  /** Returns the digest of the operation that yields the result; empty if there are no operations. */
  public Optional<Digest> head() {
    return result().map(input -> Digest.parse(input.getDigest()));
  }

  /** Returns which output of {@link #head()} is the result, counted from 0. */
  public int headIndex() {
    return result().map(input -> (int) input.getIndex()).orElse(0);
  }

  /**
   * Returns the names of the local directories that the daemon asks the client for, in the order of
   * the graph; without those that it asks another session for.
   */
  public Set<String> localNames() {
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < message.getDefCount(); i++) {
      OpsProto.SourceOp source = DefinitionParser.operation(message, i).getSource();
      if (source.getIdentifier().startsWith(LOCAL) && !source.containsAttrs("local.session")) {
        names.add(source.getIdentifier().substring(LOCAL.length()));
      }
    }
    return Collections.unmodifiableSet(names);
  }

  /** Returns the places that operations were written at, by the digest of the operation. */
  public Map<Digest, List<SourceLocation>> locations() {
    Map<Digest, List<SourceLocation>> locations = new HashMap<>();
    SourceMaps.read(message.getSource()).forEach((digest, places) -> {
      if (Digest.isOfOperation(digest) && !places.isEmpty()) {
        locations.put(Digest.parse(digest), places);
      }
    });
    return Collections.unmodifiableMap(locations);
  }

  private Optional<OpsProto.Input> result() {
    if (isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        DefinitionParser.operation(message, message.getDefCount() - 1).getInputs(0));
  }

  /** Returns the protobuf message, for programs that speak BuildKit's protocol themselves. */
  public OpsProto.Definition toProto() {
    return message;
  }

  /** Returns the definition in bytes; none if it is empty. */
  public byte[] toByteArray() {
    return message.toByteArray();
  }

  /** Returns the definition in base64 on one line; empty if it is empty. */
  public String toBase64() {
    return Base64.getEncoder().encodeToString(toByteArray());
  }

  /**
   * Writes the definition in bytes to {@code out}, which is not closed.
   *
   * @throws IOException if writing fails
   */
  public void writeTo(OutputStream out) throws IOException {
    message.writeTo(out);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Definition other && message.equals(other.message);
  }

  @Override
  public int hashCode() {
    return message.hashCode();
  }

  /** Returns the number of operations and the digest of the result. */
  @Override
  public String toString() {
    if (isEmpty()) {
      return "Definition[empty]";
    }
    return "Definition[" + (message.getDefCount() - 1) + " operations, head "
        + result().map(OpsProto.Input::getDigest).orElse("") + "]";
  }
}
