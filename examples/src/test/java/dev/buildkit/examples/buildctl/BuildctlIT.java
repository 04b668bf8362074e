/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.examples.buildctl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.Mount;
import dev.buildkit.llb.State;
import dev.buildkit.testkit.BuildkitdExtension;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gives the same command lines to Go's buildctl and to the script, on a real daemon. */
class BuildctlIT {
  @RegisterExtension
  static final BuildkitdExtension buildkitd = BuildkitdExtension.create();

  private static final String DOCKERFILE = """
      FROM busybox
      RUN echo hello > /greeting
      """;

  private final String id = UUID.randomUUID().toString();

  @TempDir
  private Path directory;

  @BeforeEach
  void makeContext() throws Exception {
    Files.writeString(directory.resolve("Dockerfile"), DOCKERFILE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "debug workers",
        "debug workers --verbose",
        "debug workers --format json",
        "debug workers --filter id==nobody",
        "debug workers --format {{range.}}{{.ID}}{{.Labels}}{{end}}",
        "debug info",
        "debug info --format {{.BuildkitVersion.Version}}",
        "du --filter id==nothing",
        "du --verbose --filter id==nothing",
        "du --format json --filter id==nothing",
        "prune --filter id==nothing",
        "prune --filter id==nothing --format json",
        "-debug debug info",
        "debug info extra arguments",
        "foo",
        "debug foo",
        "build --frontend nobody",
        "build --frontend dockerfile.v0 -o type=image,push",
        "build --frontend dockerfile.v0 --opt build-arg:",
        "build --frontend dockerfile.v0 --opt target",
        "build --frontend dockerfile.v0 -o type=nothing --progress=quiet --local context=. --local dockerfile=.",
        "build --frontend dockerfile.v0 --local context=nope",
        "build --frontend dockerfile.v0 --ssh default=/nope",
        "build --frontend dockerfile.v0 --ssh =/nope",
        "build --frontend dockerfile.v0 --ssh a=Dockerfile,raw=true",
        "build --frontend dockerfile.v0 --ssh a=Dockerfile",
        "build --frontend dockerfile.v0 --ssh a=.",
        "build --frontend dockerfile.v0 --ssh a=b,c,raw=true",
        "build --frontend dockerfile.v0 --ssh a=b,raw=maybe",
        "build --frontend dockerfile.v0 --ssh a=/nope --ssh a=/nope",
        "build --frontend dockerfile.v0 --oci-layout nothing",
        "build --frontend dockerfile.v0 --progress=tty",
        "build --frontend dockerfile.v0 --trace nope/trace",
        "build --frontend dockerfile.v0 --source-policy-file nope",
        "build",
        "dial-stdio --addr tcp://127.0.0.1:1",
        "--log-format xml du"
      })
  void saysTheSame(String line) throws Exception {
    Rivals.run(directory, line.split(" ")).sameOutput().sameMessages();
  }

  /** The texts of the help are those of each program. */
  @ParameterizedTest
  @CsvSource({
    "du --foo, du",
    "build --foo, build",
    "build -o, build",
    "prune --keep-duration 5, prune",
    "prune --free-storage x, prune",
    "debug --foo, debug",
    "debug workers --foo, debug workers"
  })
  void showsTheHelpAfterWrongOptions(String line, String command) throws Exception {
    Rivals both = Rivals.run(directory, line.split(" ")).sameMessages();

    assertThat(both.java().code()).isEqualTo(both.go().code()).isEqualTo(1);
    assertThat(both.go().out()).startsWith("NAME:\n   buildctl " + command + " - ");
    assertThat(both.java().out()).startsWith("Usage: buildctl " + command + " ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix:///nope/nope.sock", "tcp://127.0.0.1:1"})
  void tellsThatNobodyIsThere(String address) throws Exception {
    Rivals both = Rivals.run(directory, "--addr", address, "du");

    assertThat(both.java().code()).isEqualTo(both.go().code()).isEqualTo(1);
    assertThat(both.java().out()).isEmpty();
    assertThat(both.java().error()).startsWith("error: failed to ").contains(address);
  }

  @Test
  void listsTheSameRecords(BuildKitClient client) throws Exception {
    leaveCache(client);

    for (String form : List.of("", "--verbose", "--format=json")) {
      Rivals both = form.isEmpty()
          ? Rivals.run(directory, "du", "-f", "description~=" + id)
          : Rivals.run(directory, "du", "-f", "description~=" + id, form);
      both.sameOutput().sameMessages();
      assertThat(both.java().out().lines()).hasSizeGreaterThan(0);
    }
    assertThat(Rivals.run(directory, "du").java().out())
        .startsWith("ID\t")
        .containsPattern("\nReclaimable:\t\\S+B\nTotal:\t\t\\S+B\n$");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--verbose", "--format={{.Size}} {{.RecordType}}"})
  void prunesAlike(String form, BuildKitClient client) throws Exception {
    Program.Outcome go = prune(Program.ofGo(), client, form);
    Program.Outcome java = prune(Program.ofJava(), client, form);

    assertThat(java.code()).isEqualTo(go.code()).isZero();
    assertThat(masked(java.out())).isEqualTo(masked(go.out()));
    assertThat(client.diskUsage("description~=" + id)).isEmpty();
  }

  private Program.Outcome prune(Program program, BuildKitClient client, String form)
      throws Exception {
    leaveCache(client);
    List<String> args = new ArrayList<>(List.of("prune", "-f", "description~=" + id));
    if (!form.isEmpty()) {
      args.add(form);
    }
    return program.run(directory, new byte[0], args);
  }

  private static String masked(String text) {
    return text.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID")
        .replaceAll("[a-z0-9]{25}\\*?", "ID")
        .replaceAll("2\\d{3}-\\S+ \\S+ \\+0000", "TIME")
        .replaceAll("Usage count:\\t\\d+", "USES"); // the daemon counts on after the build
  }

  private void leaveCache(BuildKitClient client) throws InterruptedException {
    Exec exec = Exec.shell("echo " + UUID.randomUUID() + " > /cache/file")
        .addMount(Mount.cache("/cache", id));
    client.solve(SolveRequest.definition(State.image("busybox").run(exec).root().marshal())
        .build());
  }

  @Test
  void buildsADockerfileWithoutOutput() throws Exception {
    Rivals both = build("--progress=plain").sameOutput();

    assertThat(both.java().code()).isZero();
    assertThat(both.java().out()).isEmpty();
    assertThat(both.java().err())
        .contains("[internal] load build definition from Dockerfile", "[2/2] RUN echo hello");
  }

  @Test
  void quietBuildsSayNothing() throws Exception {
    build("--progress=quiet").sameOutput().sameMessages();
  }

  @Test
  void sendsAnArchiveToStandardOutput() throws Exception {
    Rivals both = build("--progress=quiet", "--output", "type=tar");

    assertThat(both.java().bytes().remaining()).isGreaterThan(100_000);
    assertThat(both.java().bytes()).isEqualTo(both.go().bytes());
  }

  @Test
  void writesFiles() throws Exception {
    // Without the links of the base image, of which JUnit would warn when it deletes them.
    Files.writeString(directory.resolve("Dockerfile"), "FROM scratch\nCOPY Dockerfile /greeting\n");
    build("--progress=quiet", "--output", "type=local,dest=out").sameOutput().sameMessages();

    assertThat(directory.resolve("out/greeting")).content().startsWith("FROM scratch");
  }

  @Test
  void writesOneDirectory() throws Exception {
    Files.writeString(directory.resolve("Dockerfile"), "FROM scratch\nCOPY Dockerfile /a/b/file\n");

    build("--progress=quiet", "--output", "type=local,dest=out,src=/a/b")
        .sameOutput()
        .sameMessages();
    assertThat(directory.resolve("out").toFile().list()).containsExactly("file");

    Rivals both = build("--progress=quiet", "--output", "type=tar,src=a").sameOutput();
    assertThat(both.java().bytes()).isEqualTo(both.go().bytes());
    build("--progress=quiet", "--output", "type=tar,src=/none").sameOutput().sameError();
  }

  /** PATH is the one variable that both programs have for sure. */
  @Test
  void buildArgumentsComeFromTheEnvironment() throws Exception {
    Files.writeString(directory.resolve("Dockerfile"), """
        FROM busybox AS build
        ARG PATH
        ARG BUILDCTL_UNSET=kept
        RUN echo "$PATH $BUILDCTL_UNSET" > /args
        FROM scratch
        COPY --from=build /args /
        """);

    build(
            "--progress=quiet",
            "--opt=build-arg:PATH=first",
            "--opt=build-arg:PATH",
            "--opt=build-arg:BUILDCTL_UNSET",
            "--output=type=local,dest=out")
        .sameOutput()
        .sameMessages();

    assertThat(directory.resolve("out/args")).hasContent(System.getenv("PATH") + " kept\n");
  }

  @Test
  void writesAnImageAndWhatTheDaemonSaysOfIt() throws Exception {
    Rivals both = build(
        "--progress=quiet",
        "--output=type=oci,dest=image.tar,name=example.com/a:1",
        "--opt",
        "build-arg:SOURCE_DATE_EPOCH=0",
        "--metadata-file=metadata.json",
        "--ref-file=ref");
    String last = Files.readString(directory.resolve("metadata.json"));
    Program.Outcome go = Program.ofGo()
        .run(
            directory,
            new byte[0],
            arguments(
                "--progress=quiet",
                "--output=type=oci,dest=image.tar,name=example.com/a:1",
                "--opt",
                "build-arg:SOURCE_DATE_EPOCH=0",
                "--metadata-file=metadata.json"));

    both.sameOutput().sameMessages();
    assertThat(go.code()).isZero();
    assertThat(last).isEqualTo(Files.readString(directory.resolve("metadata.json")));
    assertThat(directory.resolve("ref")).content().matches("[a-z0-9]{25}");
    assertThat(directory.resolve("image.tar")).isNotEmptyFile();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--output | type=oci,tar=false,name=example.com/a:1,source-date-epoch=0,dest=",
        "--output | type=docker,tar=false,source-date-epoch=0,dest=",
        "--export-cache | type=local,mode=max,tag=mine,dest="
      })
  void writesTheSameLayouts(String option, String value) throws Exception {
    var both = new Rivals(
        Program.ofGo().run(directory, new byte[0], arguments(option, value + "go")),
        Program.ofJava().run(directory, new byte[0], arguments(option, value + "java")));

    both.sameOutput();
    assertThat(directory.resolve("java/index.json"))
        .hasSameTextualContentAs(directory.resolve("go/index.json"));
    assertThat(directory.resolve("java/blobs/sha256"))
        .isDirectoryNotContaining(blob ->
            !Files.exists(directory.resolve("go/blobs/sha256").resolve(blob.getFileName())));
  }

  @Test
  void readsTheCacheOfADirectory() throws Exception {
    build("--export-cache", "type=local,dest=cache").sameOutput();

    build("--progress=quiet", "--import-cache", "type=local,src=cache").sameOutput();
    build("--progress=quiet", "--import-cache", "type=local,src=none").sameOutput();
  }

  @Test
  void tellsOfAMissingBaseImage() throws Exception {
    Files.writeString(directory.resolve("Dockerfile"), "FROM nosuch/image\n");

    Rivals both = build("--progress=quiet").sameOutput().sameError();

    assertThat(both.java().code()).isEqualTo(1);
    assertThat(both.java().err()).contains("Dockerfile:1", "   1 | >>> FROM nosuch/image");
  }

  @Test
  void tellsOfAFailedCommand() throws Exception {
    Files.writeString(
        directory.resolve("Dockerfile"), "FROM busybox\nRUN echo " + id + " && exit 3\n");

    Rivals both = build("--progress=plain", "--ref-file=ref").sameOutput().sameError();

    assertThat(both.java().error()).endsWith("exit code: 3");
    assertThat(both.java().err())
        .contains(" > [2/2] RUN echo " + id, "   2 | >>> RUN echo " + id)
        .doesNotContain("Exception");
    assertThat(directory.resolve("ref")).isNotEmptyFile();
  }

  @Test
  void solvesAGraphFromStandardInput() throws Exception {
    byte[] graph =
        State.scratch().file(FileAction.mkfile("/file", 0644, id)).marshal().toByteArray();

    Rivals.run(directory, graph, "build", "--progress=quiet", "-o", "type=local,dest=out")
        .sameOutput()
        .sameMessages();
    assertThat(directory.resolve("out/file")).hasContent(id);

    String[] again = {"build", "--progress=plain", "--no-cache"};
    Rivals both = Rivals.run(directory, graph, again).sameOutput();
    assertThat(both.java().err()).contains("mkfile /file").doesNotContain("CACHED");
  }

  @Test
  void scratchIsNothingToSolve() throws Exception {
    byte[] graph = State.scratch().marshal().toByteArray();

    Rivals.run(directory, graph, "build").sameOutput().sameMessages();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void showsGraphs(boolean dot) throws Exception {
    Exec exec = Exec.shell("make < /in > /out")
        .dir("/src")
        .addEnv("A", "<&>")
        .addMount("/src", State.local("src"))
        .addMount(Mount.cache("/cache", "id"))
        .addSecret("key", "/run/secrets/key");
    byte[] graph = State.image("busybox")
        .run(exec)
        .mount("/src")
        .file(
            FileAction.copy(State.image("busybox"), "/bin", "/bin").chown("bin:1"),
            FileAction.mkfile("/f", 0600, "\u20ac"),
            FileAction.rm("/tmp"))
        .marshal()
        .toByteArray();

    Rivals both = dot
        ? Rivals.run(directory, graph, "debug", "dump-llb", "--dot")
        : Rivals.run(directory, graph, "debug", "dump-llb");

    both.sameOutput().sameMessages();
    assertThat(both.java().out()).contains("make ");
  }

  @Test
  void figuresOfTheCacheAreTheSame() throws Exception {
    build("--progress=quiet");

    Rivals both = build("--progress=quiet", "--debug-json-cache-metrics=stdout");

    JsonNode go = figures(both.go());
    JsonNode java = figures(both.java());
    assertThat(java).isEqualTo(go);
    assertThat(java.path("user_cached").asInt()).isPositive();
  }

  private static JsonNode figures(Program.Outcome outcome) throws Exception {
    JsonNode figures = new ObjectMapper().readTree(outcome.out().strip());
    ((ObjectNode) figures).remove("client_duration_ms");
    return figures;
  }

  @Test
  void traceHasAllSteps() throws Exception {
    build("--progress=quiet", "--trace=trace");

    List<String> trace = Files.readAllLines(directory.resolve("trace"));
    assertThat(trace)
        .allSatisfy(
            line -> assertThat(new ObjectMapper().readTree(line).isObject()).isTrue())
        .anySatisfy(line -> assertThat(line).contains("\"name\":\"[2/2] RUN echo hello"));
  }

  @Test
  void aSourcePolicyIsObeyed() throws Exception {
    Files.writeString(directory.resolve("policy.json"), """
        {"rules": [{"action": "DENY", "selector": {"identifier": "docker-image://*"}}]}
        """);

    Rivals both = build("--progress=quiet", "--source-policy-file=policy.json")
        .sameOutput()
        .sameError();

    assertThat(both.java().code()).isEqualTo(1);
    assertThat(both.java().error()).contains("denied by policy");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "frontend.subrequests.describe",
        "frontend.outline",
        "frontend.targets",
        "frontend.lint"
      })
  void frontendsAnswerAlike(String subrequest) throws Exception {
    Files.writeString(directory.resolve("Dockerfile"), """
        # base has the tools
        FROM busybox AS base
        ARG VERSION=1
        from base AS app
        RUN --mount=type=secret,id=token,required=true echo $VERSION > /greeting
        """);

    Rivals both = build(
            "--progress=quiet",
            "--opt=requestid=" + subrequest,
            "--metadata-file=metadata.json",
            "--ref-file=ref")
        .sameOutput()
        .sameMessages();

    assertThat(both.java().out()).isNotEmpty();
    assertThat(directory.resolve("metadata.json")).doesNotExist();
    assertThat(directory.resolve("ref")).isNotEmptyFile();
  }

  /** Beside the graph there is the source of the Dockerfile, which is another in each session. */
  @Test
  void theGraphOfADockerfileIsTheSame() throws Exception {
    Rivals both = build("--progress=quiet", "--opt=requestid=frontend.convertllb");

    assertThat(both.java().code())
        .as(both.java().err())
        .isEqualTo(both.go().code())
        .isZero();
    assertThat(graph(both.java())).isEqualTo(graph(both.go())).isNotEmpty();
  }

  private static JsonNode graph(Program.Outcome outcome) throws Exception {
    assertThat(outcome.out()).startsWith("result.json\n{");
    return new ObjectMapper()
        .readTree(outcome.out().substring("result.json".length()))
        .path("def");
  }

  /** Go's program says everything twice. */
  @Test
  void anUnknownQuestionIsRefused() throws Exception {
    Rivals both = build("--progress=quiet", "--opt=requestid=frontend.nonsense").sameOutput();

    assertThat(both.java().code()).isEqualTo(1);
    assertThat(both.java().err())
        .isEqualTo("error: failed to solve: unsupported request frontend.nonsense\n");
    assertThat(both.go().err()).startsWith(both.java().err().strip());
  }

  @Test
  void whatNobodyAnsweredIsNotWritten() throws Exception {
    build("--progress=quiet", "--metadata-file=metadata.json").sameOutput().sameMessages();

    assertThat(directory.resolve("metadata.json")).doesNotExist();
  }

  @Test
  void aMistakeIsToldToThoseWhoAskToo() throws Exception {
    Files.writeString(directory.resolve("Dockerfile"), "FROM busybox\nNONSENSE\n");

    Rivals both = build("--progress=quiet", "--opt=requestid=frontend.outline")
        .sameOutput()
        .sameMessages();
    Rivals lint =
        build("--progress=quiet", "--opt=requestid=frontend.lint").sameOutput().sameMessages();

    assertThat(both.java().code()).isEqualTo(1);
    assertThat(both.java().error()).endsWith("on line 2: unknown instruction: NONSENSE");
    assertThat(lint.java().code()).isZero();
  }

  @Test
  void secretsReachTheCommand() throws Exception {
    Files.writeString(directory.resolve("key"), id);
    Files.writeString(directory.resolve("Dockerfile"), """
        FROM busybox
        RUN --mount=type=secret,id=token test "$(cat /run/secrets/token)" = %s
        """.formatted(id));

    Rivals both = build("--progress=quiet", "--secret=id=token,src=key").sameOutput();

    assertThat(both.java().code()).as(both.java().err()).isZero();
  }

  @Test
  void agentsReachTheCommand() throws Exception {
    try (ServerSocketChannel agent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      agent.bind(UnixDomainSocketAddress.of(directory.resolve("agent")));
      Files.writeString(directory.resolve("Dockerfile"), """
          FROM busybox
          RUN --mount=type=ssh test -S $SSH_AUTH_SOCK && echo %s
          """.formatted(id));

      Rivals both = build("--progress=quiet", "--ssh=default=agent").sameOutput();
      assertThat(both.java().code()).as(both.java().err()).isZero();

      Rivals twice = build("--ssh=a=agent", "--ssh=a=agent").sameOutput().sameMessages();
      assertThat(twice.java().error()).isEqualTo("error: duplicate agent ID \"a\"");
      run("ssh-keygen -q -t ed25519 -N '' -f key");
      for (String paths : List.of("agent,agent", "agent,key", "key,agent")) {
        build("--ssh=a=" + paths).sameOutput().sameMessages();
      }

      Files.writeString(directory.resolve("Dockerfile"), """
          FROM busybox
          RUN --mount=type=ssh,required=true echo %s again
          """.formatted(id));
      Rivals without = build("--progress=quiet").sameOutput();
      assertThat(without.java().code()).isEqualTo(1);
    }
    Files.delete(directory.resolve("agent"));
  }

  @Test
  void keysReachTheCommand() throws Exception {
    run("mkdir root && cp -L --parents /usr/bin/ssh-add"
        + " $(ldd /usr/bin/ssh-add | grep -o '/[^ ]*') root");
    run("ssh-keygen -q -t ed25519 -N '' -f a && ssh-keygen -q -t rsa -m PEM -N '' -f b");
    run("ssh-keygen -q -t rsa -N secret -f c && ssh-keygen -q -t rsa -m PEM -N secret -f d");
    Files.writeString(directory.resolve("Dockerfile"), """
        FROM busybox
        COPY root a.pub b.pub /
        RUN --mount=type=ssh ssh-add -l >/list && ssh-add -T a.pub && ssh-add -T b.pub && cat /list
        """);

    Rivals both = build("--progress=plain", "--no-cache", "--ssh=default=a,b").sameOutput();
    assertThat(both.java().code()).as(both.java().err()).isZero();
    assertThat(keys(both.java())).hasSize(2).isEqualTo(keys(both.go()));

    for (String key : List.of("c", "d", "a,c", "a.pub")) {
      Rivals wrong = build("--ssh=x=" + key).sameOutput().sameMessages();
      assertThat(wrong.java().error()).contains(": failed to parse ");
    }
  }

  /** Returns what {@code ssh-add -l} said. */
  private static List<String> keys(Program.Outcome outcome) {
    return outcome
        .err()
        .lines()
        .filter(line -> line.contains("SHA256:"))
        .map(line -> line.replaceFirst("^#\\d+ [0-9.]+ ", ""))
        .toList();
  }

  private void run(String command) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", command).directory(directory.toFile()).start();
    assertThat(process.waitFor()).as(command).isZero();
  }

  @Test
  void layoutsAreContexts() throws Exception {
    build("--progress=quiet", "--output=type=oci,dest=image.tar").sameOutput();
    Path layout = Files.createDirectory(directory.resolve("layout"));
    Process tar = new ProcessBuilder("tar", "-xf", "image.tar", "-C", "layout")
        .directory(directory.toFile())
        .start();
    assertThat(tar.waitFor()).isZero();
    String digest = new ObjectMapper()
        .readTree(layout.resolve("index.json").toFile())
        .at("/manifests/0/digest")
        .asText();
    Files.writeString(directory.resolve("Dockerfile"), "FROM mine\nRUN cat /greeting > /copy\n");

    Rivals both = build(
            "--progress=quiet",
            "--oci-layout=store=layout",
            "--opt=context:mine=oci-layout://store@" + digest,
            "--output=type=tar")
        .sameOutput();

    assertThat(both.java().code()).as(both.java().err()).isZero();
    assertThat(both.java().bytes()).isEqualTo(both.go().bytes());
  }

  @Test
  void dialStdioReachesTheDaemon() throws Exception {
    // HTTP/2: the client's preface and empty settings; the daemon answers with its own settings.
    byte[] preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(UTF_8);

    Rivals both = Rivals.run(directory, preface, "dial-stdio");

    assertThat(both.java().code()).isEqualTo(both.go().code()).isZero();
    assertThat(both.java().bytes().limit(9)).isEqualTo(both.go().bytes().limit(9));
  }

  /** The second build waits for the cache that the first one holds, and so comes to its end only if that was cancelled. */
  @Test
  void aSignalCancelsTheBuild() throws Exception {
    Files.writeString(directory.resolve("Dockerfile"), """
        FROM busybox
        ARG COMMAND
        RUN --mount=type=cache,id=%s,target=/cache,sharing=locked eval "$COMMAND"
        """.formatted(id));
    List<String> endless = arguments("--progress=plain", "--opt=build-arg:COMMAND=sleep 1000");
    String started = "RUN --mount=type=cache";

    Rivals both = new Rivals(
            Program.ofGo().runUntil(started, directory, endless),
            Program.ofJava().runUntil(started, directory, endless))
        .sameOutput()
        .sameError();

    assertThat(both.java().code()).isEqualTo(1);
    assertThat(both.java().error()).isEqualTo("error: failed to solve: Canceled: context canceled");
    build("--progress=plain", "--opt=build-arg:COMMAND=true").sameOutput();
  }

  private Rivals build(String... options) throws Exception {
    return Rivals.run(directory, arguments(options).toArray(String[]::new));
  }

  private static List<String> arguments(String... options) {
    List<String> args = new ArrayList<>(List.of(
        "build", "--frontend=dockerfile.v0", "--local", "context=.", "--local", "dockerfile=."));
    args.addAll(List.of(options));
    return args;
  }
}
