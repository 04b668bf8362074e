/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.client;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.buildkit.client.error.BuildKitException;
import dev.buildkit.client.error.SolveException;
import dev.buildkit.client.solve.SolveRequest;
import dev.buildkit.client.solve.SolveResult;
import dev.buildkit.client.solve.Subrequest;
import dev.buildkit.client.solve.SubrequestResult;
import dev.buildkit.client.source.ResolverOptions;
import dev.buildkit.client.source.SourceMetadata;
import dev.buildkit.client.source.SourceMetadataRequest;
import dev.buildkit.client.transport.Transport;
import dev.buildkit.llb.ImageConfigResolver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A connection to a BuildKit daemon.
 *
 * <pre>{@code
 * try (BuildKitClient client = BuildKitClient.connect("unix:///run/buildkit/buildkitd.sock")) {
 *   client.solve(SolveRequest.definition(State.image("alpine").run("apk add curl").marshal())
 *       .export(Exporter.oci(Path.of("image.tar")))
 *       .build());
 * }
 * }</pre>
 *
 * <p>A client is safe for use by several threads, and one is enough: solves run side by side on its one connection. It owns a few
 * threads, all named {@code buildkit-…}; {@link #close()} ends them. It opens no port and no socket file: what the daemon reads
 * from the client travels inside the one connection.
 */
public final class BuildKitClient implements AutoCloseable {
  private final Connection connection;
  private final Duration sessionHealthTimeout;
  private final Jobs jobs;
  private final Admin admin;

  private BuildKitClient(Builder builder) throws InterruptedException {
    this.connection = builder.openConnection();
    this.sessionHealthTimeout = builder.sessionHealthTimeout;
    this.jobs = new Jobs(connection);
    this.admin = new Admin(connection);
  }

  /**
   * Connects to the daemon that {@code BUILDKIT_HOST} names. Without that variable it takes the first that answers: a BuildKit
   * of this user at {@code $XDG_RUNTIME_DIR/buildkit/buildkitd.sock}, one of the system at {@code
   * /run/buildkit/buildkitd.sock}, or the one inside the Docker Engine, which {@link Transport#docker()} finds. {@link #address()}
   * says which it is.
   *
   * @throws BuildKitException if no daemon answers; the message says for each place why not, and what to do
   * @throws IllegalArgumentException if {@code BUILDKIT_HOST} is no address
   * @throws InterruptedException if the thread is interrupted while it waits for the daemon
   */
  public static BuildKitClient connect() throws InterruptedException {
    return builder().build();
  }

  /**
   * Connects to the daemon at an address.
   *
   * @param address one that {@link Transport#parse} knows, such as {@code unix:///path/of/socket} or {@code docker://}
   * @throws BuildKitException if no daemon answers there
   * @throws IllegalArgumentException if the text is no address
   * @throws InterruptedException if the thread is interrupted while it waits for the daemon
   */
  public static BuildKitClient connect(String address) throws InterruptedException {
    return builder(Transport.parse(address)).build();
  }

  /** Starts the configuration of a client of the daemon that {@link #connect()} would find. */
  public static Builder builder() {
    return new Builder(Optional.empty());
  }

  /** Starts the configuration of a client of one daemon. */
  public static Builder builder(Transport transport) {
    return new Builder(Optional.of(requireNonNull(transport, "transport")));
  }

  /** Returns the address of the daemon; for one behind a Docker Engine, with that engine in it. */
  public String address() {
    return connection.address();
  }

  /**
   * Returns what the daemon says of itself; all empty for a daemon before 0.11, which cannot say.
   *
   * @throws BuildKitException if the daemon does not answer within the connect timeout
   * @throws IllegalStateException if this client is closed
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public DaemonInfo info() throws InterruptedException {
    return admin.info();
  }

  /**
   * Returns the workers of the daemon, of which the first is the one that solves.
   *
   * @param filters in containerd's syntax, such as {@code labels."org.mobyproject.buildkit.worker.executor"==oci}; a worker is
   *     listed if any of them fits, or if there are none
   * @throws BuildKitException if the daemon cannot say, or a filter is wrong
   * @throws IllegalStateException if this client is closed
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public List<WorkerInfo> listWorkers(String... filters) throws InterruptedException {
    return admin.listWorkers(filters);
  }

  /**
   * Returns what the cache of the daemon holds, smallest records first. It may take the daemon minutes to measure a large cache
   * for the first time.
   *
   * @param filters as in {@link PruneOptions#filter}; a record is listed if any of them fits, or if there are none
   * @throws BuildKitException if the daemon cannot say, or a filter is wrong
   * @throws IllegalStateException if this client is closed
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public List<UsageInfo> diskUsage(String... filters) throws InterruptedException {
    return admin.diskUsage(Duration.ZERO, filters);
  }

  /**
   * Returns what the cache of the daemon holds and was not used for some time, smallest records first.
   *
   * @param ageLimit records that were used within this time are left out; daemons before 0.22 list them too
   * @param filters as in {@link #diskUsage(String...)}
   * @throws BuildKitException if the daemon cannot say, or a filter is wrong
   * @throws IllegalArgumentException if the age limit is negative
   * @throws IllegalStateException if this client is closed
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public List<UsageInfo> diskUsage(Duration ageLimit, String... filters)
      throws InterruptedException {
    if (ageLimit.isNegative()) {
      throw new IllegalArgumentException("ageLimit must not be negative, but was: " + ageLimit);
    }
    return admin.diskUsage(ageLimit, filters);
  }

  /**
   * Removes records from the cache of the daemon, and returns when all are gone.
   *
   * <p>Interrupting the thread, or an exception of the consumer, ends the pruning soon.
   *
   * @param removed called on this thread with each record that was removed
   * @throws BuildKitException if the daemon cannot prune, or a filter is wrong
   * @throws IllegalStateException if this client is closed
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public void prune(PruneOptions options, Consumer<UsageInfo> removed) throws InterruptedException {
    admin.prune(requireNonNull(options, "options"), requireNonNull(removed, "removed"));
  }

  /**
   * Runs a solve and returns when all is done and exported.
   *
   * <p>Interrupting the thread cancels the solve on the daemon. Results are put in place only after the whole solve succeeded, files
   * and directories after all else. If this method throws before that, what was there is still there; if putting a result in place
   * fails or is given up, those before it are in place already.
   *
   * @throws SolveException if the daemon could not do what the request says; it names the step, the place in the Dockerfile and
   *     the last lines of output
   * @throws BuildKitException if the daemon or the session was lost, the time was up, or a file of the client could not be read
   *     or written
   * @throws IllegalArgumentException if two attachables serve the same
   * @throws IllegalStateException if this client is closed
   * @throws InterruptedException if the thread is interrupted; the solve is then cancelled and cleaned up
   */
  @CanIgnoreReturnValue
  public SolveResult solve(SolveRequest request) throws InterruptedException {
    return jobs.run(job(request));
  }

  /**
   * Starts a solve and returns at once.
   *
   * <p>Cancelling the future cancels the solve on the daemon. The future fails with what {@link #solve} would throw. Functions
   * chained to it without an executor run on a thread of this client, which must not close it.
   *
   * @throws IllegalArgumentException if two attachables serve the same
   * @throws IllegalStateException if this client is closed
   */
  public CompletableFuture<SolveResult> solveAsync(SolveRequest request) {
    return jobs.start(job(request));
  }

  /**
   * Asks a frontend something about a build instead of building, such as which targets a Dockerfile has.
   *
   * <pre>{@code
   * String targets = client.subrequest(Subrequest.TARGETS, request).text().orElseThrow();
   * }</pre>
   *
   * <p>Interrupting the thread cancels the call on the daemon. The call leaves no record in the daemon's history.
   *
   * @param build what {@link #solve} would build: a frontend with its options, inputs and directories. Its exporters and caches
   *     take no part, as there is no result
   * @throws SolveException if the frontend cannot answer, because it does not know the subrequest or finds a mistake in its input
   * @throws BuildKitException if the daemon or the session was lost, the time was up, a file of the client could not be read,
   *     or the frontend knows no subrequests at all
   * @throws IllegalArgumentException if the request is for a graph, which has no frontend, or two attachables serve the same
   * @throws IllegalStateException if this client is closed
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public SubrequestResult subrequest(Subrequest subrequest, SolveRequest build)
      throws InterruptedException {
    return jobs.run(job(subrequest, build));
  }

  /**
   * Starts to ask a frontend something about a build and returns at once.
   *
   * <p>Cancelling the future cancels the call on the daemon. The future fails with what {@link #subrequest} would throw.
   * Functions chained to it without an executor run on a thread of this client.
   *
   * @throws IllegalArgumentException if the request is for a graph, or two attachables serve the same
   * @throws IllegalStateException if this client is closed
   */
  public CompletableFuture<SubrequestResult> subrequestAsync(
      Subrequest subrequest, SolveRequest build) {
    return jobs.start(job(subrequest, build));
  }

  /**
   * Returns what the daemon finds out about a source without loading it: digest and config of an image, the commit of a Git
   * reference, the digest of a download.
   *
   * <p>Interrupting the thread cancels the call on the daemon. Each call asks again. Daemons before 0.26 tell of images alone.
   *
   * @throws SolveException if the daemon could not find out, for instance because there is no such image or a registry wants other
   *     credentials
   * @throws BuildKitException if the daemon was lost, the time was up, or the daemon is too old for the question
   * @throws IllegalArgumentException if two attachables serve the same
   * @throws IllegalStateException if this client is closed
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public SourceMetadata resolveSourceMetadata(SourceMetadataRequest request)
      throws InterruptedException {
    return jobs.run(job(request));
  }

  /**
   * Starts to find out about a source and returns at once.
   *
   * <p>Cancelling the future cancels the call on the daemon. The future fails with what {@link #resolveSourceMetadata} would throw.
   * Functions chained to it without an executor run on a thread of this client.
   *
   * @throws IllegalArgumentException if two attachables serve the same
   * @throws IllegalStateException if this client is closed
   */
  public CompletableFuture<SourceMetadata> resolveSourceMetadataAsync(
      SourceMetadataRequest request) {
    return jobs.start(job(request));
  }

  /**
   * Returns a resolver that asks this daemon, and registries anonymously.
   *
   * @see #imageConfigResolver(ResolverOptions)
   */
  public ImageConfigResolver imageConfigResolver() {
    return imageConfigResolver(ResolverOptions.none());
  }

  /**
   * Returns a resolver that asks this daemon, so that states of images have the environment of the image, and its digest if wanted.
   *
   * <pre>{@code
   * ImageConfigResolver resolver = client.imageConfigResolver();
   * State base = State.from(ImageSource.of("golang:1.26").configResolver(resolver).resolveDigest());
   * }</pre>
   *
   * <p>It asks once for each image, platform and resolve mode as long as it lives, even when several threads want to know at a time;
   * make a new one to notice that a tag has moved. A failure is thrown to those who wait, and not remembered. It throws what
   * {@link #resolveSourceMetadata} does, but on an interrupt a {@link BuildKitException} with {@code CANCELLED}, and leaves the
   * thread interrupted.
   *
   * <p>The resolver works until this client is closed, and needs no closing of its own. It is safe for use by several threads.
   */
  public ImageConfigResolver imageConfigResolver(ResolverOptions options) {
    return new DaemonConfigResolver(
        requireNonNull(options, "options"), this::resolveSourceMetadataAsync);
  }

  private Solve job(SolveRequest request) {
    return new Solve(connection, request, sessionHealthTimeout);
  }

  private SubrequestCall job(Subrequest subrequest, SolveRequest build) {
    return new SubrequestCall(connection, subrequest, build, sessionHealthTimeout);
  }

  private SourceLookup job(SourceMetadataRequest request) {
    return new SourceLookup(connection, request, sessionHealthTimeout);
  }

  /**
   * Cancels what still runs, waits until solves have cleaned up, and closes the connection. When it returns, no thread of
   * this client is left, unless code of the user blocks in one and does not heed its interrupt, such as a read of {@code System.in}:
   * it waits 30 seconds for what such code keeps from ending, and 10 for the thread. Closing twice does nothing.
   *
   * @throws IllegalStateException if a thread of this client calls it, as progress listeners and functions chained to its futures
   *     do; nothing is closed then
   */
  @Override
  public void close() {
    connection.threads().requireOtherThread();
    admin.close();
    jobs.close();
    connection.close();
  }

  @Override
  public String toString() {
    return "BuildKitClient[" + address() + "]";
  }

  /** Configures a {@link BuildKitClient}; not safe for use by several threads. */
  public static final class Builder {
    private final Optional<Transport> transport;
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration readyTimeout = Duration.ZERO;
    private Duration sessionHealthTimeout = Duration.ZERO;

    private Builder(Optional<Transport> transport) {
      this.transport = transport;
    }

    /**
     * Sets how long connecting and the daemon's first answer may take. The default is 5 seconds.
     *
     * @throws IllegalArgumentException if the duration is not positive
     */
    @CanIgnoreReturnValue
    public Builder connectTimeout(Duration timeout) {
      this.connectTimeout = requirePositive(timeout, "connectTimeout");
      return this;
    }

    /**
     * Lets {@link #build()} try again until the daemon answers, for as long as this. By default the first refusal is final.
     *
     * @throws IllegalArgumentException if the duration is not positive
     */
    @CanIgnoreReturnValue
    public Builder waitUntilReady(Duration timeout) {
      this.readyTimeout = requirePositive(timeout, "waitUntilReady");
      return this;
    }

    /**
     * Sets how long the daemon waits for a sign of life of a session before it gives the session up. Daemons before 0.30 ignore
     * it. By default the daemon decides: two checks of 15 seconds.
     *
     * @throws IllegalArgumentException if the duration is shorter than one second, BuildKit's minimum
     */
    @CanIgnoreReturnValue
    public Builder sessionHealthTimeout(Duration timeout) {
      if (timeout.compareTo(Duration.ofSeconds(1)) < 0) {
        throw new IllegalArgumentException(
            "sessionHealthTimeout must be at least PT1S, but was: " + timeout);
      }
      this.sessionHealthTimeout = timeout;
      return this;
    }

    /**
     * Connects to the daemon.
     *
     * @throws BuildKitException if the daemon does not answer in time; the message names the address, the cause and the remedy
     * @throws InterruptedException if the thread is interrupted while it waits for the daemon
     */
    public BuildKitClient build() throws InterruptedException {
      return new BuildKitClient(this);
    }

    private Connection openConnection() throws InterruptedException {
      return transport.isPresent()
          ? Connection.open(transport.get(), connectTimeout, readyTimeout)
          : DaemonSearch.here()
              .connect(
                  readyTimeout, place -> Connection.open(place, connectTimeout, Duration.ZERO));
    }

    private static Duration requirePositive(Duration timeout, String name) {
      if (timeout.isNegative() || timeout.isZero()) {
        throw new IllegalArgumentException(name + " must be positive, but was: " + timeout);
      }
      return timeout;
    }
  }
}
