/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.flag;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** One record of comma separated values, whose fields may stand in quotes (RFC 4180). */
final class CsvRecord {
  private final String text;
  private int position;

  private CsvRecord(String text) {
    this.text = text;
  }

  /**
   * Returns the fields of a record, at least one.
   *
   * @throws FlagException if the record is empty or its quotes do not fit
   */
  static List<String> parse(String record) {
    String line = record.replaceFirst("\r?\n\\z", "");
    if (line.isEmpty()) {
      throw new FlagException("EOF");
    }
    return new CsvRecord(line).fields();
  }

  private List<String> fields() {
    List<String> fields = new ArrayList<>();
    fields.add(field());
    while (position < text.length()) {
      position++; // the comma
      fields.add(field());
    }
    return fields;
  }

  private String field() {
    return text.startsWith("\"", position) ? quoted() : bare();
  }

  private String bare() {
    int comma = text.indexOf(',', position);
    int end = comma < 0 ? text.length() : comma;
    int quote = text.indexOf('"', position);
    if (quote >= 0 && quote < end) {
      throw failure(quote, "bare \" in non-quoted-field");
    }
    String field = text.substring(position, end);
    position = end;
    return field;
  }

  private String quoted() {
    StringBuilder field = new StringBuilder();
    int start = position + 1;
    while (true) {
      int quote = text.indexOf('"', start);
      if (quote < 0) {
        throw failure(start, "extraneous or missing \" in quoted-field");
      }
      field.append(text, start, quote);
      position = quote + 1;
      if (!text.startsWith("\"", position)) {
        requireEndOfField(quote);
        return field.toString();
      }
      field.append('"');
      start = position + 1;
    }
  }

  private void requireEndOfField(int quote) {
    if (position < text.length() && text.charAt(position) != ',') {
      throw failure(quote, "extraneous or missing \" in quoted-field");
    }
  }

  /** Columns count bytes from 1. */
  private FlagException failure(int index, String why) {
    int column = text.substring(0, index).getBytes(UTF_8).length + 1;
    return new FlagException("parse error on line 1, column " + column + ": " + why);
  }
}
