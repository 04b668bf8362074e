/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.pem;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text that should hold PEM blocks, and the name that errors give it. Not a record, because it may hold a key. */
public final class PemText {
  /** Several times the largest bundle of authorities. A wrong path to a huge file does no harm. */
  private static final int MAX_BYTES = 4 << 20;

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  private final String name;
  private final String text;

  private PemText(String name, String text) {
    this.name = name;
    this.text = text;
  }

  /**
   * Takes a text.
   *
   * @param name what the text is, such as {@code client key}
   */
  public static PemText of(String name, String text) {
    return new PemText(name, text);
  }

  /**
   * Reads a file.
   *
   * @param name what the file is
   * @throws IllegalArgumentException if the file cannot be read, or is far larger than certificates are
   */
  public static PemText read(String name, Path file) {
    Path absolute = file.toAbsolutePath();
    String full = name + " " + absolute;
    if (!Files.exists(absolute)) {
      throw invalid(full, "there is no such file", "correct the path", null);
    }
    try (var in = Files.newInputStream(absolute)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw invalid(full, "it has more than 4 MiB", "give the path of a PEM file", null);
      }
      return new PemText(full, new String(bytes, ISO_8859_1));
    } catch (IOException e) {
      throw invalid(full, "it cannot be read", "make it readable for this user", e);
    }
  }

  /**
   * Returns all blocks of the text.
   *
   * @throws IllegalArgumentException if one of them is no base64
   */
  public List<PemBlock> blocks() {
    return BLOCK.matcher(text).results().map(this::block).toList();
  }

  /** Returns the first private key, if there is one. Others come before, such as {@code EC PARAMETERS}. */
  public Optional<PemBlock> privateKey() {
    return blocks().stream()
        .filter(block -> block.label().endsWith("PRIVATE KEY"))
        .findFirst();
  }

  /** Returns what to throw: with the name of this text, what is wrong with it, and what to do. */
  public IllegalArgumentException invalid(String problem, String remedy) {
    return invalid(name, problem, remedy, null);
  }

  /** Returns what to throw: with the name of this text, what is wrong with it, what to do, and a cause that shows no secret. */
  public IllegalArgumentException invalid(String problem, String remedy, Exception cause) {
    return invalid(name, problem, remedy, cause);
  }

  /** Returns the name and nothing of the text. */
  @Override
  public String toString() {
    return name;
  }

  private PemBlock block(MatchResult found) {
    try {
      return PemBlock.of(found.group(1), found.group(2));
    } catch (IllegalArgumentException e) {
      // Without the cause, which may quote a part of the key.
      throw invalid("the base64 of its " + found.group(1) + " is damaged", "write the file again");
    }
  }

  private static IllegalArgumentException invalid(
      String name, String problem, String remedy, @Nullable Exception cause) {
    return new IllegalArgumentException(name + ": " + problem + "; " + remedy, cause);
  }
}
