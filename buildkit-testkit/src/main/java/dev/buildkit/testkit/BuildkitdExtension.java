/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import dev.buildkit.client.BuildKitClient;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * A JUnit extension for tests that need a BuildKit daemon. It gives a connected {@link
 * BuildKitClient} to every parameter of that type:
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
 * <p>The daemon is the one that the environment variable {@code BUILDKIT_HOST} names. Where it is
 * not set, or where no daemon answers there, the tests are skipped and the reason is reported. They
 * fail instead when the environment variable {@code CI} is {@code true}, or when the extension is
 * {@link #required()}: a pipeline must not turn green because its daemon is missing.
 *
 * <p>A client belongs to where it was asked for. One that a test method or a {@code @BeforeEach}
 * method takes is closed after that test and shared by the two; one that a {@code @BeforeAll} method
 * or a constructor takes is closed after the class. Tests do not close it themselves.
 *
 * <p>Extensions are immutable and may be shared between threads and classes.
 */
public final class BuildkitdExtension
    implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(BuildkitdExtension.class);
  private static final String SHARED = "shared";

  private final Map<String, String> environment;
  private final boolean required;

  /** Makes the extension of {@link #create()}; JUnit calls it for {@code @ExtendWith}. */
  public BuildkitdExtension() {
    this(System.getenv());
  }

  BuildkitdExtension(Map<String, String> environment) {
    this(environment, Boolean.parseBoolean(environment.get("CI")));
  }

  private BuildkitdExtension(Map<String, String> environment, boolean required) {
    this.environment = Map.copyOf(environment);
    this.required = required;
  }

  /** Returns an extension that skips its tests where no daemon answers, or in CI fails them. */
  public static BuildkitdExtension create() {
    return new BuildkitdExtension();
  }

  /** Returns an extension that fails its tests where no daemon answers, not only in CI. */
  public BuildkitdExtension required() {
    return new BuildkitdExtension(environment, true);
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
    return parameter.getParameter().getType() == BuildKitClient.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Daemon daemon = daemon(context);
    Store store = context.getStore(NAMESPACE);
    if (context.getTestMethod().isEmpty()) {
      store.put(SHARED, true);
    }
    // A key of its own for each context: a lookup by a common key would find the client of the
    // class.
    return store.computeIfAbsent(context.getUniqueId(), id -> daemon.connect());
  }

  /** Returns whether the class of a test has a client, which lives longer than the test. */
  static boolean sharesClient(ExtensionContext context) {
    return context.getStore(NAMESPACE).getOrDefault(SHARED, Boolean.class, false);
  }

  /** Returns the daemon, after it was asked once in a run whether it answers. */
  private Daemon daemon(ExtensionContext context) {
    Daemon daemon = Daemon.of(environment);
    String problem = context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(daemon, Daemon::problem, String.class);
    if (problem.isEmpty()) {
      return daemon;
    }
    if (required) {
      throw new AssertionFailedError(problem);
    }
    throw new TestAbortedException(problem);
  }
}
