/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.buildkit.client.session.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Flags mean what they mean to Go's buildctl, and are refused with its words: its answers are in a file. */
class FlagVectorsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  private Path directory;

  private final List<String> warnings = new ArrayList<>();

  @BeforeEach
  void makeFiles() throws IOException {
    Files.writeString(directory.resolve("f.txt"), "hi");
    Files.createDirectory(directory.resolve("d"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void meansWhatItMeansToGo(String name, JsonNode vector) {
    List<String> args = new ArrayList<>();
    vector.path("args").forEach(arg -> args.add(arg.asText()));
    Surroundings surroundings = surroundings(vector);
    String flag = vector.path("flag").asText();

    if (vector.has("error")) {
      assertThatThrownBy(() -> parse(flag, args, surroundings))
          .isInstanceOf(FlagException.class)
          .hasMessage(vector.path("error").asText());
    } else {
      JsonNode parsed = JSON.valueToTree(parse(flag, args, surroundings));
      assertThat(parsed).isEqualTo(vector.path("result"));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("secrets")
  void findsSecretsWhereGoDoes(String name, JsonNode vector) {
    Surroundings surroundings = surroundings(vector);
    SecretFlag secret = SecretFlag.parse(vector.path("args").path(0).asText());

    if (vector.path("storeError").isNull()) {
      assertThat(secret.addTo(Secrets.empty(), surroundings))
          .hasToString("Secrets[" + secret.id() + "]");
    } else {
      assertThatThrownBy(() -> secret.addTo(Secrets.empty(), surroundings))
          .hasMessage(vector.path("storeError").asText());
    }
  }

  static Stream<Arguments> cases() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(FlagVectorsTest.class.getResourceAsStream("csvattrs.json"))) {
      return StreamSupport.stream(JSON.readTree(file).path("cases").spliterator(), false)
          .map(vector -> Arguments.of(
              vector.path("flag").asText() + " " + vector.path("args") + vector.path("env"),
              vector));
    }
  }

  static Stream<Arguments> secrets() throws IOException {
    return cases().filter(arguments -> ((JsonNode) arguments.get()[1]).has("storeError"));
  }

  private Surroundings surroundings(JsonNode vector) {
    Map<String, String> variables = new LinkedHashMap<>();
    vector
        .path("env")
        .properties()
        .forEach(
            variable -> variables.put(variable.getKey(), variable.getValue().asText()));
    return new Surroundings(directory, variables, false, warnings::add);
  }

  private Object parse(String flag, List<String> args, Surroundings surroundings) {
    return switch (flag) {
      case "--output" ->
        args.stream().map(arg -> output(OutputFlag.parse(arg, surroundings))).toList();
      case "--export-cache" ->
        args.stream()
            .map(arg -> cache(CacheFlag.parseExport(arg, surroundings)))
            .toList();
      case "--import-cache" ->
        args.stream()
            .map(arg -> cache(CacheFlag.parseImport(arg, surroundings)))
            .toList();
      case "--secret" -> args.stream().map(arg -> secret(SecretFlag.parse(arg))).toList();
      case "--ssh" -> args.stream().map(arg -> ssh(SshFlag.parse(arg))).toList();
      case "--local" -> LocalFlag.parse(args, surroundings).keySet();
      case "--opt" -> OptFlag.parse(args, surroundings);
      case "--allow" -> args.stream().map(arg -> AllowFlag.parse(arg).id()).toList();
      case "--oci-layout" -> OciLayoutFlag.parse(args, surroundings).keySet();
      case "--registry-auth-tlscontext" -> registryTls(RegistryTlsFlag.parse(args));
      default -> throw new IllegalStateException("no parser for " + flag);
    };
  }

  private Map<String, Object> output(OutputFlag output) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("type", output.type());
    map.put("attrs", output.attrs());
    map.put("outputDir", "");
    if (output.destination() instanceof OutputFlag.Destination.Directory target) {
      map.put("outputDir", relative(target.path()));
    } else if (output.destination() instanceof OutputFlag.Destination.File target) {
      map.put("output", "file:" + relative(target.path()));
    } else if (output.destination() instanceof OutputFlag.Destination.Stdout) {
      map.put("output", "stdout");
    }
    return map;
  }

  private String relative(Path path) {
    return directory.relativize(path).toString();
  }

  private static Map<String, Object> cache(CacheFlag cache) {
    return Map.of("type", cache.type(), "attrs", cache.attrs());
  }

  private static Map<String, Object> secret(SecretFlag secret) {
    return Map.of("id", secret.id(), "filePath", secret.file(), "env", secret.variable());
  }

  private static Map<String, Object> ssh(SshFlag ssh) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", ssh.id());
    map.put("paths", ssh.paths().isEmpty() ? JSON.nullNode() : ssh.paths());
    map.put("raw", ssh.raw());
    return map;
  }

  private static Map<String, Object> registryTls(Map<String, RegistryTlsFlag> hosts) {
    Map<String, Object> map = new LinkedHashMap<>();
    hosts.forEach((host, tls) -> map.put(
        host,
        Map.of(
            "insecure",
            tls.insecure(),
            "rootCAs",
            tls.authorities().isEmpty() ? JSON.nullNode() : tls.authorities(),
            "keyPairs",
            tls.keyPairs())));
    return map;
  }
}
