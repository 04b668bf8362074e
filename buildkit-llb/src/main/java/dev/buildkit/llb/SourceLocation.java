/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.llb;

import dev.buildkit.api.OpsProto;
import dev.buildkit.api.OpsProto.Location;
import dev.buildkit.api.OpsProto.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * Places in a {@link SourceMap} that an operation was written at; see {@link
 * Constraints#addLocation}.
 *
 * <p>Each method returns a copy with one more place.
 */
public final class SourceLocation {
  private final SourceMap map;
  private final List<OpsProto.Range> ranges;

  private SourceLocation(SourceMap map, List<OpsProto.Range> ranges) {
    this.map = map;
    this.ranges = ranges;
  }

  static SourceLocation of(SourceMap map) {
    return new SourceLocation(map, List.of());
  }

  static SourceLocation of(SourceMap map, Location message) {
    return new SourceLocation(map, List.copyOf(message.getRangesList()));
  }

  /**
   * Adds a line.
   *
   * @param line is counted from 1
   * @throws IllegalArgumentException if it is not positive
   */
  public SourceLocation line(int line) {
    return lines(line, line);
  }

  /**
   * Adds lines.
   *
   * @param first is counted from 1
   * @param last is part of the lines
   * @throws IllegalArgumentException if the first is not positive or the last comes before it
   */
  public SourceLocation lines(int first, int last) {
    return range(first, 0, last, 0);
  }

  /**
   * Adds the text between two positions.
   *
   * @param startLine is counted from 1, as is {@code endLine}
   * @param startCharacter is counted from 0, as is {@code endCharacter}
   * @throws IllegalArgumentException if a number is too small or the end comes before the start
   */
  public SourceLocation range(int startLine, int startCharacter, int endLine, int endCharacter) {
    boolean valid =
        startLine > 0 && endLine >= startLine && startCharacter >= 0 && endCharacter >= 0;
    if (!valid || (startLine == endLine && endCharacter < startCharacter)) {
      throw new IllegalArgumentException(
          "source location %d:%d to %d:%d is no range; count lines from 1, characters from 0, and put the start first"
              .formatted(startLine, startCharacter, endLine, endCharacter));
    }
    OpsProto.Range range = OpsProto.Range.newBuilder()
        .setStart(position(startLine, startCharacter))
        .setEnd(position(endLine, endCharacter))
        .build();
    List<OpsProto.Range> all = new ArrayList<>(ranges);
    all.add(range);
    return new SourceLocation(map, List.copyOf(all));
  }

  private static Position position(int line, int character) {
    return Position.newBuilder().setLine(line).setCharacter(character).build();
  }

  /** Returns the file. */
  public SourceMap map() {
    return map;
  }

  /** Returns the places in the file; none means the whole file. */
  public List<Range> ranges() {
    return ranges.stream().map(Range::of).toList();
  }

  /** Returns the message, in which the file has this index. */
  Location toProto(int mapIndex) {
    return Location.newBuilder().setSourceIndex(mapIndex).addAllRanges(ranges).build();
  }

  @Override
  public String toString() {
    return "SourceLocation[" + map + ", " + ranges.size() + " ranges]";
  }

  /**
   * A part of a file.
   *
   * @param startLine is counted from 1; 0 if a program that is not this one left it out
   * @param startCharacter is counted from 0
   * @param endLine is counted from 1 and part of the text; 0 if it is that of the start
   * @param endCharacter is counted from 0
   */
  public record Range(int startLine, int startCharacter, int endLine, int endCharacter) {
    private static Range of(OpsProto.Range message) {
      Position start = message.getStart();
      Position end = message.getEnd();
      return new Range(start.getLine(), start.getCharacter(), end.getLine(), end.getCharacter());
    }
  }
}
