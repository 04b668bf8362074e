/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static java.util.Objects.requireNonNull;

import dev.buildkit.client.BuildKitClient;
import dev.buildkit.client.transport.Transport;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * A JUnit extension for tests that need a BuildKit daemon. It gives a connected {@link
 * BuildKitClient} to every parameter of that type, and to a parameter of type {@link Transport} the way
 * to the daemon, for more clients:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final BuildkitdExtension buildkitd = BuildkitdExtension.create();
 *
 * @Test
 * void tellsItsVersion(BuildKitClient client) {
 *   assertThat(client.info().version()).startsWith("v");
 * }
 * }</pre>
 *
 * <p>The daemon is the one that the environment variable {@code BUILDKIT_HOST} names, over
 * mutual TLS if {@code BUILDKIT_TLS_DIR} names a directory with {@code ca.pem}, {@code cert.pem} and
 * {@code key.pem}. Where it is not set, a {@link BuildkitdContainer} is started, once for all classes of a run, and stopped at its
 * end; that takes a Docker Engine, and Testcontainers on the class path. Where neither gives a daemon
 * that answers, the tests are skipped and the reason is reported. They fail instead when the
 * environment variable {@code CI} is {@code true}, or when the extension is {@link #required()}: a
 * pipeline must not turn green because its daemon is missing.
 *
 * <p>A client belongs to where it was asked for. One that a test method or a {@code @BeforeEach}
 * method takes is closed after that test and shared by the two; one that a {@code @BeforeAll} method
 * or a constructor takes is closed after the class. Tests do not close it themselves.
 *
 * <p>Extensions are immutable and may be shared between threads and classes.
 */
public final class BuildkitdExtension
    implements ExecutionCondition, BeforeAllCallback, BeforeEachCallback, ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(BuildkitdExtension.class);
  private static final String SHARED = "shared";
  private static final Supplier<Daemon> IN_CONTAINER = Daemon::inContainer;

  private final Optional<NamedDaemon> named;
  private final Supplier<Daemon> unnamed;
  private final boolean required;

  /** Makes the extension of {@link #create()}; JUnit calls it for {@code @ExtendWith}. */
  public BuildkitdExtension() {
    this(System.getenv(), IN_CONTAINER);
  }

  BuildkitdExtension(Map<String, String> environment, Supplier<Daemon> unnamed) {
    this(NamedDaemon.of(environment), unnamed, Boolean.parseBoolean(environment.get("CI")));
  }

  private BuildkitdExtension(
      Optional<NamedDaemon> named, Supplier<Daemon> unnamed, boolean required) {
    this.named = named;
    this.unnamed = unnamed;
    this.required = required;
  }

  /** Returns an extension that skips its tests where no daemon answers, or in CI fails them. */
  public static BuildkitdExtension create() {
    return new BuildkitdExtension();
  }

  /** Returns an extension that fails its tests where no daemon answers, not only in CI. */
  public BuildkitdExtension required() {
    return new BuildkitdExtension(named, unnamed, true);
  }

  /**
   * Returns an extension that starts this container where {@code BUILDKIT_HOST} is not set, instead of a
   * {@code new BuildkitdContainer()}. It is started once in a run for each call of this method, and stopped at the end of
   * the run.
   *
   * @param container makes the container, not started
   */
  public BuildkitdExtension container(Supplier<BuildkitdContainer> container) {
    requireNonNull(container, "container");
    return new BuildkitdExtension(named, () -> ContainerDaemon.start(container), required);
  }

  /** Disables the class or test if it may be skipped and no daemon answers. */
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (required) {
      return ConditionEvaluationResult.enabled("a daemon is required");
    }
    String problem = search(context).problem();
    return problem.isEmpty()
        ? ConditionEvaluationResult.enabled("a daemon answers")
        : ConditionEvaluationResult.disabled(problem);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    daemon(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    daemon(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == BuildKitClient.class || type == Transport.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Daemon daemon = daemon(context);
    if (parameter.getParameter().getType() == Transport.class) {
      return daemon.transport();
    }
    Store store = context.getStore(NAMESPACE);
    if (context.getTestMethod().isEmpty()) {
      store.put(SHARED, true);
    }
    // A key of its own for each context: a lookup by a common key would find the client of the
    // class.
    return Held.computeIfAbsent(store, context.getUniqueId(), () -> connect(daemon))
        .value();
  }

  private static Held connect(Daemon daemon) {
    try {
      BuildKitClient client = daemon.connect();
      return new Held(client, client::close);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("connect to the daemon: the thread is interrupted", e);
    }
  }

  /** Returns whether the class of a test has a client, which lives longer than the test. */
  static boolean sharesClient(ExtensionContext context) {
    return context.getStore(NAMESPACE).getOrDefault(SHARED, Boolean.class, false);
  }

  private Daemon daemon(ExtensionContext context) {
    Daemon daemon = search(context);
    if (daemon.problem().isEmpty()) {
      return daemon;
    }
    if (required) {
      throw new AssertionFailedError(daemon.problem());
    }
    throw new TestAbortedException(daemon.problem());
  }

  /** Returns the daemon or why there is none, which is looked for once in a run. */
  Daemon search(ExtensionContext context) {
    Store ofTheRun = context.getRoot().getStore(NAMESPACE);
    return (Daemon) Held.computeIfAbsent(ofTheRun, key(), () -> find(context)).value();
  }

  private Object key() {
    return named.isPresent() ? named.get() : unnamed;
  }

  private Held find(ExtensionContext context) {
    Daemon daemon = named.map(NamedDaemon::find).orElseGet(unnamed);
    // The connections to Docker stay open as long as the container runs.
    LeakExtension.acceptWhatIsThere(context);
    return new Held(daemon, daemon::close);
  }
}
