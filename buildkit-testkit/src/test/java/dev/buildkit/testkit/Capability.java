/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.export.LocalExporter;
import dev.buildkit.client.file.MemoryFileTree;
import dev.buildkit.client.session.OciStores;
import dev.buildkit.client.solve.CacheOptions;
import dev.buildkit.client.solve.Entitlement;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.Subrequest;
import dev.buildkit.llb.Constraints;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.GitSource;
import dev.buildkit.llb.HttpSource;
import dev.buildkit.llb.Mount;
import dev.buildkit.llb.OciLayoutSource;
import dev.buildkit.llb.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** What not every daemon can do. A daemon is asked to do it, and its version is not asked for. */
enum Capability {
  /** It tells its version. */
  VERSION("it does not tell its version") {
    @Override
    void probe(BuildKitClient client) throws InterruptedException {
      if (client.info().version().isEmpty()) {
        throw new UnsupportedOperationException("an empty version");
      }
    }
  },

  /** It makes image archives in OCI's format, and with it all formats of images. */
  IMAGE_ARCHIVES("it does not make image archives") {
    @Override
    void probe(BuildKitClient client) throws InterruptedException {
      export(client, Exporter.oci(new ByteArrayOutputStream()));
    }
  },

  /** It exports one result several times. */
  SEVERAL_EXPORTERS("it takes one exporter in a solve") {
    @Override
    void probe(BuildKitClient client) throws InterruptedException {
      ByteArrayOutputStream one = new ByteArrayOutputStream();
      ByteArrayOutputStream two = new ByteArrayOutputStream();
      export(client, Exporter.tar(one), Exporter.tar(two));
      if (one.size() == 0 || two.size() == 0) {
        throw new UnsupportedOperationException("one of two exports came");
      }
    }
  },

  /** It tells more of an error than words: steps, and lines of the Dockerfile. */
  ERROR_DETAILS("it tells errors only in words") {
    @Override
    void probe(BuildKitClient client) throws InterruptedException {
      MemoryFileTree mistake = MemoryFileTree.empty().addFile("Dockerfile", "NONSENSE");
      try {
        client.solve(SolveRequest.frontend("dockerfile.v0")
            .localDir("dockerfile", mistake)
            .build());
      } catch (SolveException e) {
        if (e.sources().isEmpty()) {
          throw new UnsupportedOperationException(e.getMessage(), e);
        }
      }
    }
  },

  /** Its Dockerfile frontend answers questions about a build. */
  SUBREQUESTS("its frontend does not answer questions about a build") {
    @Override
    void probe(BuildKitClient client) throws InterruptedException {
      ask(client, Subrequest.LINT);
    }
  },

  /** Its Dockerfile frontend tells which graph it makes. */
  CONVERT_LLB("its frontend does not tell which graph it makes") {
    @Override
    void probe(BuildKitClient client) throws InterruptedException {
      ask(client, Subrequest.CONVERT_LLB);
    }
  },

  /** It tells which steps belong together. */
  PROGRESS_GROUPS("it does not tell which steps belong together") {
    @Override
    void probe(BuildKitClient client) throws InterruptedException {
      AtomicBoolean told = new AtomicBoolean();
      State state = State.scratch()
          .file(
              Constraints.none().progressGroup("probe", "probe"),
              FileAction.mkfile("/file", 0644, ""));
      client.solve(SolveRequest.definition(state.marshal())
          .progress(status -> status.vertexes().stream()
              .filter(vertex -> vertex.progressGroup().isPresent())
              .forEach(vertex -> told.set(true)))
          .build());
      if (!told.get()) {
        throw new UnsupportedOperationException("no group");
      }
    }
  },

  /** It reaches servers on the loopback interface of this machine. */
  LOOPBACK("it does not reach the loopback interface of this machine") {
    @Override
    void probe(BuildKitClient client) throws InterruptedException {
      try (FileServer server = FileServer.start()) {
        solve(client, State.from(HttpSource.of(server.put("/" + UUID.randomUUID(), "probe"))));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  },

  /** It fetches Git repositories, for which it takes Git's program. */
  GIT("it does not fetch Git repositories") {
    @Override
    void probe(BuildKitClient client) throws InterruptedException {
      try {
        solve(client, State.from(GitSource.of("http://127.0.0.1:9/nothing.git")));
      } catch (BuildKitException e) {
        if (String.valueOf(e.getMessage()).contains("unknown scheme git")) {
          throw e;
        }
      }
    }
  },

  /** There is a registry on the loopback interface, and it pushes to it. */
  REGISTRY("it does not push, or there is no registry to push to") {
    @Override
    void probe(BuildKitClient client) throws InterruptedException {
      String registry = System.getProperty("buildkit.registry");
      if (registry == null) {
        throw new UnsupportedOperationException("no registry");
      }
      export(client, Exporter.image(registry + "/probe").push().insecureRegistry());
    }
  },

  /** It takes images from OCI layouts of the client. */
  OCI_LAYOUTS("it does not read OCI layouts of the client") {
    @Override
    void probe(BuildKitClient client) throws InterruptedException {
      OciLayoutSource nothing =
          OciLayoutSource.of("local/nothing@sha256:" + "0".repeat(64)).store("nothing");
      try {
        client.solve(SolveRequest.definition(State.from(nothing).marshal())
            .attach(OciStores.empty())
            .build());
      } catch (BuildKitException e) {
        // Only a daemon that asks this client hears this.
        if (!String.valueOf(e.getMessage()).contains("the client offers no store")) {
          throw e;
        }
      }
    }
  },

  /** It writes images into OCI layouts of the client. */
  LAYOUT_EXPORT("it does not write OCI layouts of the client") {
    @Override
    void probe(BuildKitClient client) throws InterruptedException {
      inTemporaryDirectory(directory -> export(client, Exporter.ociLayout(directory)));
    }
  },

  /** It writes build cache into directories of the client. */
  LOCAL_CACHE("it does not write build cache to the client") {
    @Override
    void probe(BuildKitClient client) throws InterruptedException {
      // What is made of nothing is no cache.
      State state = State.image("busybox").run(Exec.shell("echo > /file")).root();
      inTemporaryDirectory(directory -> {
        client.solve(SolveRequest.definition(state.marshal())
            .exportCache(CacheOptions.local(directory))
            .build());
        if (!Files.exists(directory.resolve("index.json"))) {
          throw new UnsupportedOperationException("no cache came");
        }
      });
    }
  },

  /** It removes files from a local directory that are not in the result. */
  LOCAL_DELETE("it does not make directories equal to the result") {
    @Override
    void probe(BuildKitClient client) throws InterruptedException {
      try {
        Path directory = Files.createTempDirectory("probe");
        try {
          export(client, Exporter.local(directory).mode(LocalExporter.Mode.DELETE));
        } finally {
          Files.deleteIfExists(directory.resolve("file"));
          Files.delete(directory);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  },

  /** It exports one directory of a result. */
  PARTIAL_EXPORT("it exports whole results") {
    @Override
    void probe(BuildKitClient client) throws InterruptedException {
      export(client, Exporter.tar(new ByteArrayOutputStream()).src("/"));
    }
  },

  /** It keeps commands from writing to what they shall only read. */
  READONLY_MOUNTS("commands write to what they shall only read") {
    @Override
    void probe(BuildKitClient client) throws InterruptedException {
      State unique = State.scratch().file(FileAction.mkfile("/" + UUID.randomUUID(), 0644, ""));
      Exec exec =
          Exec.shell("! touch /m/written").addMount(Mount.bind("/m", unique).readonly());
      solve(client, State.image("busybox").run(exec).root());
    }
  },

  /** It lets commands do all that root may. */
  INSECURE_COMMANDS("it lets no command do all that root may") {
    @Override
    void probe(BuildKitClient client) throws InterruptedException {
      State state = State.scratch().file(FileAction.mkfile("/file", 0644, ""));
      client.solve(SolveRequest.definition(state.marshal())
          .allow(Entitlement.SECURITY_INSECURE)
          .build());
    }
  },

  /** It gives devices to commands. */
  DEVICES("it gives no devices to commands") {
    @Override
    void probe(BuildKitClient client) throws InterruptedException {
      State state = State.scratch().file(FileAction.mkfile("/file", 0644, ""));
      client.solve(SolveRequest.definition(state.marshal())
          .allow(Entitlement.device("example.com/none=0"))
          .build());
    }
  },

  /** It is no part of a Docker Engine, whose image store and labels are its own. */
  BUILDKITD("it is part of a Docker Engine") {
    @Override
    void probe(BuildKitClient client) throws InterruptedException {
      try {
        export(client, Exporter.docker());
      } catch (BuildKitException e) {
        return;
      }
      throw new UnsupportedOperationException("it takes images for the engine's store");
    }
  },

  /** Go's {@code buildctl} reaches it under the same address. */
  BUILDCTL("buildctl cannot reach it, or is not there") {
    @Override
    void probe(BuildKitClient client) {
      if (!Buildctl.reachesSharedDaemon()) {
        throw new UnsupportedOperationException("no answer");
      }
    }
  };

  private final String lack;

  Capability(String lack) {
    this.lack = lack;
  }

  /** Does what the capability is about, and fails where it is missing. */
  abstract void probe(BuildKitClient client) throws InterruptedException;

  /** Returns what the daemon lacks, with its own words for it, or nothing if it can do it. */
  Optional<String> lack(BuildKitClient client) throws InterruptedException {
    try {
      probe(client);
      return Optional.empty();
    } catch (BuildKitException | UnsupportedOperationException e) {
      return Optional.of(lack + ": " + e.getMessage());
    }
  }

  @FunctionalInterface
  private interface Trial {
    void in(Path directory) throws InterruptedException;
  }

  private static void inTemporaryDirectory(Trial trial) throws InterruptedException {
    try {
      Path directory = Files.createTempDirectory("probe");
      try {
        trial.in(directory);
      } finally {
        try (Stream<Path> files = Files.walk(directory)) {
          files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void ask(BuildKitClient client, Subrequest subrequest)
      throws InterruptedException {
    var answer = client.subrequest(
        subrequest,
        SolveRequest.frontend("dockerfile.v0")
            .localDir("dockerfile", MemoryFileTree.empty().addFile("Dockerfile", "FROM scratch"))
            .localDir("context", MemoryFileTree.empty())
            .build());
    if (answer.json().isEmpty()) {
      throw new UnsupportedOperationException("no JSON");
    }
  }

  private static void solve(BuildKitClient client, State state) throws InterruptedException {
    client.solve(SolveRequest.definition(state.marshal()).build());
  }

  private static void export(BuildKitClient client, Exporter... exporters)
      throws InterruptedException {
    SolveRequest.Builder request = SolveRequest.definition(
        State.scratch().file(FileAction.mkfile("/file", 0644, "")).marshal());
    for (Exporter exporter : exporters) {
      request.export(exporter);
    }
    client.solve(request.build());
  }
}
