/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.scripts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The scripts call only programs of which {@code .ci/commands} knows the origin, and fail early where they cannot go on. */
class ScriptsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final List<String> MODULES =
      List.of("buildkit-llb", "buildkit-client", "buildkit-testkit", "examples");

  private static final Set<String> BUILTINS = Set.of(
      "break",
      "case",
      "cd",
      "command",
      "continue",
      "coproc",
      "echo",
      "exec",
      "exit",
      "export",
      "false",
      "for",
      "kill",
      "local",
      "mapfile",
      "printf",
      "pwd",
      "read",
      "return",
      "set",
      "shift",
      "source",
      "trap",
      "true",
      "umask",
      "unset",
      "wait");

  private static final Pattern STARTED_BY_TEST = Pattern.compile(
      "(?:new ProcessBuilder|Command\\.run|[^.\\w]run)\\(\\s*\"([a-z][a-z0-9-]*)[ \"]");

  private final Programs programs;

  ScriptsTest() throws IOException {
    programs = Programs.read(ROOT.resolve(".ci/commands"));
  }

  @Test
  void theOriginOfEachCommandIsKnown() throws IOException {
    Set<String> commands = new TreeSet<>();
    Set<String> functions = new TreeSet<>();
    for (Path file : scripts()) {
      ShellScript script = ShellScript.parse(Files.readString(file));
      commands.addAll(script.commands());
      functions.addAll(script.functions());
    }
    commands.removeAll(functions);
    commands.removeAll(BUILTINS);

    assertThat(commands).contains("runc", "ip", "docker", "awk", "apt-get");
    assertThat(programs.rows().keySet()).containsAll(commands);
  }

  @Test
  void theOriginOfEachProgramThatTestsStartIsKnown() throws IOException {
    Set<String> started = new TreeSet<>();
    for (Path file : testSources()) {
      STARTED_BY_TEST
          .matcher(Files.readString(file))
          .results()
          .forEach(match -> started.add(match.group(1)));
    }

    assertThat(started).contains("ssh-keygen", "git");
    assertThat(programs.rows().keySet()).containsAll(started);
  }

  @Test
  void eachProgramOfTheTableIsUsed() throws IOException {
    String texts = Stream.concat(scripts().stream(), testSources().stream())
        .map(ScriptsTest::read)
        .collect(Collectors.joining("\n"));

    assertThat(programs.rows().keySet())
        .allMatch(name -> Pattern.compile("(?<![\\w-])" + Pattern.quote(name) + "(?![\\w-])")
            .matcher(texts)
            .find());
  }

  @Test
  void theBaseIsPartOfEveryDebian() throws Exception {
    Path release = Path.of("/etc/os-release");
    assumeTrue(
        Files.exists(release) && Files.readAllLines(release).contains("ID=debian"),
        "this is not Debian");

    for (Programs.Row row : programs.rows().values()) {
      if (row.source().equals("base")) {
        String name = row.packageName();
        String program = row.name().equals("awk") ? "mawk" : row.name();
        assertThat(output(new ProcessBuilder("dpkg-query", "-W", "-f=${Priority}", name)))
            .as(name)
            .matches("required|important");
        assertThat(output(new ProcessBuilder("dpkg-query", "-L", name)))
            .as(name)
            .containsPattern("bin/" + Pattern.quote(program) + "\n");
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void withoutGoNothingIsInstalled(@TempDir Path directory) throws Exception {
    assumeRoot();

    assertThat(up(List.of("env"), pathWithout(Set.of("go"), directory), directory))
        .contains("could not make a BuildKit daemon reachable", "there is no go on PATH")
        .contains("try: install Go 1.")
        .doesNotContain("will install");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void withoutDebianNothingIsBuilt(@TempDir Path directory) throws Exception {
    assumeRoot();

    assertThat(up(List.of("env"), pathWithout(Set.of("apt-get", "go"), directory), directory))
        .contains("could not make a BuildKit daemon reachable", "there is no apt-get")
        .contains("try: use Debian, start Docker")
        .doesNotContain("building");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void withoutRootNothingIsTried(@TempDir Path directory) throws Exception {
    assumeTrue(
        start(new ProcessBuilder("unshare", "--user", "true")).exitValue() == 0,
        "this machine has no user namespaces");

    assertThat(up(List.of("unshare", "--user"), System.getenv("PATH"), directory))
        .contains("daemons as processes need root")
        .contains("try: start Docker (docker info must work), run this as root")
        .doesNotContain("will install", "building");
  }

  private static void assumeRoot() {
    assumeTrue("root".equals(System.getProperty("user.name")), "the scripts ask for root first");
  }

  /** Makes a directory with the programs of the base and Go, but for some, and returns it. */
  private String pathWithout(Set<String> missing, Path directory) throws Exception {
    Path path = Files.createDirectory(directory.resolve("path"));
    Set<String> names = programs.rows().values().stream()
        .filter(row -> row.source().equals("base"))
        .map(Programs.Row::name)
        .collect(Collectors.toSet());
    names.addAll(Set.of("bash", "env", "go"));
    names.removeAll(missing);
    for (String name : names) {
      Path program = path.resolve(name);
      Files.writeString(program, "#!/bin/sh\nexec " + which(name) + " \"$@\"\n");
      assertThat(program.toFile().setExecutable(true)).isTrue();
    }
    return path.toString();
  }

  private static String which(String name) throws Exception {
    return output(new ProcessBuilder("sh", "-c", "command -v " + name)).trim();
  }

  private static String up(List<String> prefix, String path, Path directory) throws Exception {
    List<String> words = new ArrayList<>(prefix);
    words.addAll(List.of(ROOT.resolve(".ci/daemons").toString(), "up"));
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().put("PATH", path);
    builder.environment().put("BUILDKIT_JAVA_CACHE", directory.resolve("cache").toString());
    builder.environment().put("BUILDKIT_JAVA_DAEMON", "processes");
    builder.environment().remove("BUILDKIT_HOST");
    return output(builder);
  }

  private static String output(ProcessBuilder builder) throws Exception {
    return new String(start(builder).getInputStream().readAllBytes(), UTF_8);
  }

  /** Runs a program to its end; what it prints is little enough for the pipe. */
  private static Process start(ProcessBuilder builder) throws Exception {
    Process process = builder.redirectErrorStream(true).start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("%s", builder.command()).isTrue();
    return process;
  }

  private static List<Path> scripts() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String directory : List.of(".ci", ".ci/lib", "examples")) {
      try (Stream<Path> all = Files.list(ROOT.resolve(directory))) {
        all.filter(file -> Files.isRegularFile(file) && isScript(file)).forEach(files::add);
      }
    }
    return files;
  }

  private static boolean isScript(Path file) {
    return read(file).startsWith("#!/usr/bin/env bash") || file.toString().matches(".*\\.(ba)?sh");
  }

  private static List<Path> testSources() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String module : MODULES) {
      try (Stream<Path> all = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
        all.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
      }
    }
    return files;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
