/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.export.LocalExporter;
import dev.buildkit.client.file.MemoryFileTree;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.llb.BlobSource;
import dev.buildkit.llb.Constraints;
import dev.buildkit.llb.Digest;
import dev.buildkit.llb.Exec;
import dev.buildkit.llb.FileAction;
import dev.buildkit.llb.GitSignature;
import dev.buildkit.llb.GitSource;
import dev.buildkit.llb.HttpSource;
import dev.buildkit.llb.ImageSource;
import dev.buildkit.llb.LocalSource;
import dev.buildkit.llb.Secret;
import dev.buildkit.llb.Source;
import dev.buildkit.llb.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

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

  /** It gives secrets to commands as variables of their environment. */
  SECRET_VARIABLES("it has secrets in files alone") {
    @Override
    void probe(BuildKitClient client) throws InterruptedException {
      Exec command = Exec.shell("true").addSecret(Secret.env("probe", "PROBE").optional());
      solve(client, State.image("busybox").run(command).root());
    }
  },

  /** It makes symbolic links without running a command. */
  SYMLINK_ACTIONS("it makes no links") {
    @Override
    void probe(BuildKitClient client) throws InterruptedException {
      solve(client, State.scratch().file(FileAction.symlink("nowhere", "/link")));
    }
  },

  /** It chooses by patterns what is copied, and changes modes as words say. */
  COPY_FILTERS("it ignores some of what is said about copies") {
    @Override
    void probe(BuildKitClient client) throws InterruptedException {
      State files = State.scratch()
          .file(FileAction.mkfile("/kept", 0644, ""), FileAction.mkfile("/left", 0644, ""));
      Solved solved = solve(
          client,
          State.scratch()
              .file(FileAction.copy(files, "/", "/to").excludePatterns("left").chmod("go=")));
      if (!solved.names().equals(Set.of("to", "to/kept"))
          || !solved.entry("to/kept").mode().equals("0600")) {
        throw new UnsupportedOperationException(solved.names().toString());
      }
    }
  },

  /** It lays file systems over one another, and takes the difference of two. */
  MERGE_AND_DIFF("it knows neither merge nor diff") {
    @Override
    void probe(BuildKitClient client) throws InterruptedException {
      State one = State.scratch().file(FileAction.mkfile("/one", 0644, ""));
      solve(client, State.merge(one, State.diff(one, one.file(FileAction.rm("/one")))));
    }
  },

  /** It lets one operation wait for others. */
  PASSTHROUGH("it lets no operation wait for others") {
    @Override
    void probe(BuildKitClient client) throws InterruptedException {
      State one = State.scratch().file(FileAction.mkfile("/one", 0644, ""));
      solve(client, one.requires("probe", State.scratch().file(FileAction.mkdir("/two", 0755))));
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
      download(client, UnaryOperator.identity());
    }
  },

  /** It sends headers and secrets with a download. */
  HTTP_OPTIONS("it downloads without headers of one's own") {
    @Override
    void probe(BuildKitClient client) throws InterruptedException {
      download(client, source -> source.accept("text/plain"));
    }
  },

  /** It verifies signatures of downloads and commits. */
  SIGNATURES("it verifies no signatures") {
    @Override
    void probe(BuildKitClient client) throws InterruptedException {
      GitSignature signature = GitSignature.by("no key");
      demand(client, GitSource.of("https://127.0.0.1:1/none").verifySignature(signature));
    }
  },

  /** It looks at each thing that can be said about a repository. */
  GIT_OPTIONS("it ignores some of what is said about repositories") {
    @Override
    void probe(BuildKitClient client) throws InterruptedException {
      demand(client, GitSource.of("https://127.0.0.1:1/none").mtimeCommit().checkoutBundle());
    }
  },

  /** It takes single layers and blobs of a registry, and demands digests. */
  IMAGE_OPTIONS("it takes images from registries, and those as a whole") {
    @Override
    void probe(BuildKitClient client) throws InterruptedException {
      demand(client, ImageSource.of("127.0.0.1:1/none").layerLimit(1).checksum(NOTHING));
      demand(client, BlobSource.inRegistry("127.0.0.1:1/none@" + NOTHING));
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

  /** It asks for names and times of local files without their content. */
  METADATA_TRANSFER("it asks for all of the files") {
    @Override
    void probe(BuildKitClient client) throws InterruptedException {
      State state = State.from(LocalSource.of("src").metadataOnlyTransfer());
      client.solve(SolveRequest.definition(state.marshal())
          .localDir("src", MemoryFileTree.empty().addFile("file", ""))
          .build());
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

  private static final Digest NOTHING = Digest.sha256(new byte[0]);

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

  /** Solves a source that cannot be reached; that it is reported means that all else is understood. */
  private static void demand(BuildKitClient client, Source unreachable)
      throws InterruptedException {
    try {
      solve(client, State.from(unreachable));
    } catch (BuildKitException e) {
      if (e.getMessage().contains("unknown API capability")) {
        throw e;
      }
    }
  }

  private static void download(BuildKitClient client, UnaryOperator<HttpSource> options)
      throws InterruptedException {
    try (FileServer server = FileServer.start()) {
      HttpSource source = HttpSource.of(server.put("/" + UUID.randomUUID(), "probe"));
      solve(client, State.from(options.apply(source)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Solved solve(BuildKitClient client, State state) throws InterruptedException {
    try {
      return Solved.of(client, state);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
