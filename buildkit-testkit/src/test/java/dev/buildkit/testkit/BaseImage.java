/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.export.Exporter;
import dev.buildkit.client.file.MemoryFileTree;
import dev.buildkit.client.session.RegistryAuth;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.llb.Digest;

/** An image to build from, for two platforms, with a config of its own for each. */
final class BaseImage {
  private static final String DOCKERFILE = """
      ARG BASE=busybox
      FROM $BASE
      ARG TARGETARCH
      ARG GREETING
      ENV GREETING=$GREETING ARCH=$TARGETARCH
      WORKDIR /work/$TARGETARCH
      USER 1234:5678
      LABEL org.example.arch=$TARGETARCH
      EXPOSE 80
      ENTRYPOINT ["/bin/greet"]
      CMD ["world"]
      """;

  private BaseImage() {}

  /**
   * Pushes it, and returns the digest of its index.
   *
   * @param greeting makes it another image
   */
  static Digest push(BuildKitClient client, String name, String greeting)
      throws InterruptedException {
    return push(client, name, request(greeting));
  }

  /** Pushes one without files, to a registry that wants credentials. */
  static Digest pushEmpty(BuildKitClient client, RegistryAuth auth, String name)
      throws InterruptedException {
    return push(
        client,
        name,
        request("private").frontendAttr("build-arg:BASE", "scratch").attach(auth));
  }

  private static Digest push(BuildKitClient client, String name, SolveRequest.Builder request)
      throws InterruptedException {
    request
        .frontendAttr("platform", "linux/amd64,linux/arm64")
        .export(Exporter.image(name).push().insecureRegistry());
    return client.solve(request.build()).imageDigest().orElseThrow();
  }

  /** Starts the build of it. */
  static SolveRequest.Builder request(String greeting) {
    MemoryFileTree files = MemoryFileTree.empty().addFile("Dockerfile", DOCKERFILE);
    return SolveRequest.frontend("dockerfile.v0")
        .frontendAttr("build-arg:GREETING", greeting)
        .localDir("dockerfile", files)
        .localDir("context", files);
  }
}
