/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes objects, lists, texts, numbers, truths, bytes and what {@link JsonReader} reads as JSON. */
final class JsonWriter {
  private final JsonGenerator generator;

  private JsonWriter(JsonGenerator generator) {
    this.generator = generator;
  }

  static String inOneLine(Object value) {
    return write(value, false);
  }

  static String inLines(Object value) {
    return write(value, true);
  }

  private void writeObject(Map<?, ? extends @Nullable Object> members) throws IOException {
    generator.writeStartObject();
    for (Map.Entry<?, ? extends @Nullable Object> member : members.entrySet()) {
      generator.writeFieldName((String) member.getKey());
      write(member.getValue());
    }
    generator.writeEndObject();
  }

  private static String write(Object value, boolean lines) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JsonReader.JACKSON.createGenerator(text)) {
      if (lines) {
        generator.setPrettyPrinter(new DefaultPrettyPrinter());
      }
      new JsonWriter(generator).write(value);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written to", e);
    }
    return text.toString();
  }

  private void write(@Nullable Object value) throws IOException {
    if (value instanceof JsonObject object) {
      writeObject(object.members());
    } else if (value instanceof Map<?, ?> members) {
      writeObject(members);
    } else if (value instanceof List<?> elements) {
      generator.writeStartArray();
      for (Object element : elements) {
        write(element);
      }
      generator.writeEndArray();
    } else if (value instanceof byte[] bytes) {
      generator.writeBinary(bytes);
    } else {
      generator.writePOJO(value);
    }
  }
}
