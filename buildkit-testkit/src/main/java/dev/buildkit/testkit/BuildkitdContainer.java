/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static java.util.Objects.requireNonNull;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.transport.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * A BuildKit daemon in a container, for tests:
 *
 * <pre>{@code
 * try (BuildkitdContainer buildkitd = new BuildkitdContainer()) {
 *   buildkitd.start();
 *   try (BuildKitClient client = buildkitd.newClient()) {
 *     client.solve(request);
 *   }
 * }
 * }</pre>
 *
 * <p>The container is privileged, as buildkitd has to be, and its port may be published to the
 * network. So the port speaks mutual TLS with keys that are made at each start, and only {@link
 * #transport()} and {@link #newClient()} have the client's; {@link #withPlaintext()} turns that off.
 *
 * <p>It needs Testcontainers on the class path. As all of its containers it is configured before
 * {@link #start()}, in one thread, and its options begin with {@code with}.
 */
public final class BuildkitdContainer extends GenericContainer<BuildkitdContainer> {
  private static final DockerImageName IMAGE = DockerImageName.parse("moby/buildkit");
  private static final String TAG = "v0.34.2";
  private static final int PORT = 1234;
  private static final String CONFIG = "/etc/buildkit/buildkitd.toml";
  // Readable for the rootless image's user, too, who does not own what is copied.
  private static final int READABLE = 0100444;

  private final boolean rootless;
  private BuildkitdConfig config = BuildkitdConfig.empty();
  private boolean plaintext;
  private @Nullable ContainerTls tls;

  /** Makes a container of {@code moby/buildkit:v0.34.2}, which this SDK is tested with. */
  public BuildkitdContainer() {
    this(IMAGE.withTag(TAG));
  }

  /**
   * Makes a container of another version, of a rootless image (its tag ends in {@code rootless}), or of an
   * image from elsewhere that is declared a substitute for {@code moby/buildkit}.
   *
   * @throws IllegalStateException if the image is neither {@code moby/buildkit} nor declared a
   *     substitute for it
   */
  public BuildkitdContainer(DockerImageName image) {
    super(requireNonNull(image, "image"));
    image.assertCompatibleWith(IMAGE);
    this.rootless = image.getVersionPart().endsWith("rootless");
    withPrivilegedMode(true);
    withExposedPorts(PORT);
    waitingFor(new BuildkitdRuns(PORT));
  }

  /**
   * Lets the port speak without TLS, so that anything that knows {@link #address()} can use it: other
   * programs, and whoever else reaches the port, which is as good as root on the engine's machine.
   * Needed for {@link #withReuse}.
   */
  public BuildkitdContainer withPlaintext() {
    plaintext = true;
    return this;
  }

  /** Gives the daemon this text as its {@code buildkitd.toml}, instead of none. */
  public BuildkitdContainer withConfig(String toml) {
    config = config.text(requireNonNull(toml, "toml"));
    return this;
  }

  /**
   * Gives the daemon the content that the file has now as its {@code buildkitd.toml}, instead of none.
   *
   * @throws IllegalArgumentException if the file cannot be read as UTF-8
   */
  public BuildkitdContainer withConfig(Path toml) {
    try {
      return withConfig(Files.readString(requireNonNull(toml, "toml"), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalArgumentException("read buildkitd.toml: " + e + "; correct the path", e);
    }
  }

  /**
   * Lets the daemon ask mirrors for the images of a registry first, in that order.
   *
   * @param registry as image names have it, such as {@code docker.io}
   * @param mirrors such as {@code mirror:5000} or {@code example.com/path}, as seen from the container
   * @throws IllegalArgumentException if one has characters that no name of a registry has
   */
  public BuildkitdContainer withRegistryMirror(String registry, String... mirrors) {
    config = config.addMirrors(registry, List.of(mirrors));
    return this;
  }

  /**
   * Lets the daemon use a registry or mirror without a certificate that it can trust, and over plain
   * HTTP where it does not speak TLS.
   *
   * @param registry with its port, such as {@code mirror:5000}
   * @throws IllegalArgumentException if it has characters that no name of a registry has
   */
  public BuildkitdContainer withInsecureRegistry(String registry) {
    config = config.addInsecure(registry);
    return this;
  }

  /**
   * Returns where the daemon is, in the form {@code tcp://host:port}. Without {@link #withPlaintext()}
   * that is not enough to connect; {@link #transport()} is.
   *
   * @throws IllegalStateException if the container does not run
   */
  public String address() {
    return "tcp://" + getHost() + ":" + getMappedPort(PORT);
  }

  /**
   * Returns the way to the daemon, with the client's keys for TLS.
   *
   * @throws IllegalStateException if the container does not run
   */
  public Transport transport() {
    int port = getMappedPort(PORT);
    return tls == null
        ? Transport.tcp(getHost(), port)
        : Transport.tls(getHost(), port, tls.clientOptions());
  }

  /**
   * Connects a new client to the daemon, for which it waits 30 seconds at most. The caller closes it, before the container.
   *
   * @throws IllegalStateException if the container does not run
   * @throws InterruptedException if the thread is interrupted while it connects
   */
  public BuildKitClient newClient() throws InterruptedException {
    return Daemon.connect(transport());
  }

  /**
   * Writes what another program needs to connect, as {@code buildctl --tlsdir} takes it: {@code ca.pem}, {@code cert.pem} and {@code
   * key.pem}, which only the owner may read. Who has these files is as good as root on the engine's machine, as long as the container
   * runs.
   *
   * @param directory is made if it is missing; files of these names that are in it are replaced
   * @throws IllegalStateException if the container was not started, or speaks without TLS
   * @throws IOException if the files cannot be written
   */
  public void writeTlsFiles(Path directory) throws IOException {
    requireNonNull(directory, "directory");
    if (tls == null) {
      throw new IllegalStateException("write TLS files: there are none; "
          + (plaintext ? "this container speaks without TLS" : "start the container before"));
    }
    tls.writeClientFiles(directory);
  }

  /** Sets what depends on several options, and makes the keys. */
  @Override
  protected void configure() {
    checkReuse();
    List<String> arguments = new ArrayList<>(List.of(
        "--config", CONFIG, "--addr", "unix://" + socket(), "--addr", "tcp://0.0.0.0:" + PORT));
    copy(config.toToml(), CONFIG);
    tls = plaintext ? null : new ContainerTls(getHost());
    if (tls != null) {
      arguments.addAll(ContainerTls.ARGUMENTS);
      tls.files().forEach((path, text) -> copy(text, path));
    }
    withCommand(arguments.toArray(String[]::new));
  }

  private void checkReuse() {
    if (isShouldBeReused() && !plaintext) {
      throw new IllegalStateException(
          "start buildkitd: keys for TLS are made at each start,"
              + " so the container of an earlier run does not fit; use withPlaintext(), or no withReuse(true)");
    }
  }

  /** Where buildctl in the container looks by itself. */
  private String socket() {
    return rootless ? "/run/user/1000/buildkit/buildkitd.sock" : "/run/buildkit/buildkitd.sock";
  }

  private void copy(String text, String path) {
    withCopyToContainer(Transferable.of(text.getBytes(StandardCharsets.UTF_8), READABLE), path);
  }
}
