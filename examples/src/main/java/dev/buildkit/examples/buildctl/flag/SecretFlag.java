/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.flag;

import dev.buildkit.client.session.Secrets;
import dev.buildkit.examples.buildctl.gotext.GoQuote;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A value of {@code --secret}.
 *
 * @param file the file with the value, or empty
 * @param variable the environment variable with the value, or empty
 */
public record SecretFlag(String id, String file, String variable) {
  /**
   * Returns what a text means.
   *
   * @throws FlagException if it means nothing
   */
  public static SecretFlag parse(String text) {
    String type = "";
    SecretFlag secret = new SecretFlag("", "", "");
    for (String field : fields(text)) {
      KeyValue pair = KeyValue.of(field, "invalid field '" + field + "' must be a key=value pair");
      if (pair.lowerKey().equals("type")) {
        type = type(pair.value());
      } else {
        secret = secret.with(pair, field);
      }
    }
    boolean fileIsVariable = type.equals("env") && secret.variable.isEmpty();
    return fileIsVariable ? new SecretFlag(secret.id, "", secret.file) : secret;
  }

  private static Iterable<String> fields(String text) {
    try {
      return CsvRecord.parse(text);
    } catch (FlagException e) {
      throw new FlagException("failed to parse csv secret: " + e.getMessage());
    }
  }

  private static String type(String type) {
    if (!type.equals("file") && !type.equals("env")) {
      throw new FlagException("unsupported secret type " + GoQuote.quote(type));
    }
    return type;
  }

  private SecretFlag with(KeyValue pair, String field) {
    return switch (pair.lowerKey()) {
      case "id" -> new SecretFlag(pair.value(), file, variable);
      case "src", "source" -> new SecretFlag(id, pair.value(), variable);
      case "env" -> new SecretFlag(id, file, pair.value());
      default ->
        throw new FlagException("unexpected key '" + pair.lowerKey() + "' in '" + field + "'");
    };
  }

  /**
   * Returns the secrets with this one. Without a source, it is the environment variable or else the file with the name of its id;
   * a variable that is not set is an empty value.
   *
   * @throws FlagException if there is no such file, or it is too large
   */
  public Secrets addTo(Secrets secrets, Surroundings surroundings) {
    if (id.isEmpty()) {
      throw new FlagException("secret missing ID");
    }
    if (!variable.isEmpty()) {
      return secrets.add(id, surroundings.variable(variable).orElse(""));
    }
    if (file.isEmpty() && surroundings.variable(id).isPresent()) {
      return secrets.add(id, surroundings.variable(id).get());
    }
    return addFile(secrets, file.isEmpty() ? id : file, surroundings);
  }

  private Secrets addFile(Secrets secrets, String name, Surroundings surroundings) {
    Path path = surroundings.path(name);
    if (!Files.exists(path)) {
      throw new FlagException(
          "failed to stat " + name + ": stat " + name + ": no such file or directory");
    }
    return secrets.addFile(id, path);
  }
}
