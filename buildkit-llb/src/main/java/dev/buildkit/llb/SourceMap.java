/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import dev.buildkit.api.OpsProto.SourceInfo;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A file that operations were written in, so that errors can show the lines to blame.
 *
 * <pre>{@code
 * SourceMap file = SourceMap.of("Dockerfile", "Dockerfile", text);
 * Exec exec = Exec.shell("make")
 *     .constraints(Constraints.none().addLocation(file.location().lines(3, 4)));
 * }</pre>
 */
public final class SourceMap {
  private final SourceInfo info;
  private final @Nullable State state;

  private SourceMap(SourceInfo info, @Nullable State state) {
    this.info = info;
    this.state = state;
  }

  /**
   * Returns a file with this content.
   *
   * @param language in the names of GitHub's linguist, such as {@code Dockerfile}
   */
  public static SourceMap of(String filename, String language, byte[] content) {
    SourceInfo info = SourceInfo.newBuilder()
        .setFilename(filename)
        .setLanguage(language)
        .setData(ByteString.copyFrom(content))
        .build();
    return new SourceMap(info, null);
  }

  /**
   * Returns a file with this content in UTF-8.
   *
   * @param language in the names of GitHub's linguist, such as {@code Dockerfile}
   */
  public static SourceMap of(String filename, String language, String content) {
    return of(filename, language, content.getBytes(StandardCharsets.UTF_8));
  }

  static SourceMap of(SourceInfo info) {
    return new SourceMap(info, null);
  }

  /** Sets the state that holds the file, so that others can read it too. */
  public SourceMap state(State state) {
    return new SourceMap(info, requireNonNull(state, "state"));
  }

  /** Returns the file as a whole; its methods name lines in it. */
  public SourceLocation location() {
    return SourceLocation.of(this);
  }

  /** Returns the name of the file. */
  public String filename() {
    return info.getFilename();
  }

  /** Returns the language in the names of GitHub's linguist, such as {@code Dockerfile}. */
  public String language() {
    return info.getLanguage();
  }

  /** Returns a copy of the whole file. */
  public byte[] content() {
    return info.getData().toByteArray();
  }

  /** Returns whether both are the same file; where it is read from does not matter. */
  boolean isSame(SourceMap other) {
    return info.getFilename().equals(other.info.getFilename())
        && info.getLanguage().equals(other.info.getLanguage())
        && info.getData().equals(other.info.getData());
  }

  /** Returns the message, with the definition of the state under {@code constraints}. */
  SourceInfo toProto(Constraints constraints) {
    return state == null
        ? info
        : info.toBuilder().setDefinition(state.marshal(constraints).toProto()).build();
  }

  @Override
  public String toString() {
    return "SourceMap[" + info.getFilename() + "]";
  }
}
