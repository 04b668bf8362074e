/* SPDX-License-Identifier: Apache-2.0 */
package dev.buildkit.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * A JUnit extension that fails a test which leaves something of the SDK behind, and says what:
 *
 * <ul>
 *   <li>threads whose names begin with {@code buildkit-};
 *   <li>open sockets, pipes, selectors and files, where {@code /proc/self/fd} lists them;
 *   <li>temporary files of the SDK in {@code java.io.tmpdir} and in JUnit's temporary directories.
 * </ul>
 *
 * <p>What is there before a test is never held against it. What a test leaves has a while to go, 5
 * seconds unless {@link #patience(Duration)} says otherwise. Temporary files are looked for after
 * the {@code @AfterEach} methods, threads and open files after JUnit has closed the resources of the
 * test, so that a client of {@link BuildkitdExtension} is gone by then. What a class leaves beyond
 * its tests fails the class. Tests that share a client are checked together, at the end of the class.
 *
 * <p>The checks see the whole process: tests that use this extension must not run at the same time
 * as others.
 */
public final class LeakExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

  private static final Namespace NAMESPACE = Namespace.create(LeakExtension.class);

  private final Duration patience;

  /** Makes the extension of {@link #create()}; JUnit calls it for {@code @ExtendWith}. */
  public LeakExtension() {
    this(Duration.ofSeconds(5));
  }

  private LeakExtension(Duration patience) {
    this.patience = patience;
  }

  /** Returns an extension that gives what a test leaves 5 seconds to go. */
  public static LeakExtension create() {
    return new LeakExtension();
  }

  /**
   * Returns an extension that gives what a test leaves this long to go.
   *
   * @throws IllegalArgumentException if the duration is negative
   */
  public LeakExtension patience(Duration patience) {
    if (requireNonNull(patience, "patience").isNegative()) {
      throw new IllegalArgumentException("patience must not be negative, but was: " + patience);
    }
    return new LeakExtension(patience);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    start(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    // What a shared client starts in a test it may keep until the end of the class.
    if (!BuildkitdExtension.sharesClient(context)) {
      start(context);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    checkFiles(context);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    checkFiles(context);
  }

  /** Begins a check that JUnit ends: it closes what a store holds, the youngest first. */
  private void start(ExtensionContext context) {
    Store store = context.getStore(NAMESPACE);
    LeakCheck check = LeakCheck.start(patience, current(context));
    store.put(LeakCheck.class, new Held(check, check::close));
  }

  /** Lets the checks of a test know that what was just opened stays open until the end of the run. */
  static void acceptWhatIsThere(ExtensionContext context) {
    LeakCheck check = current(context);
    if (check != null) {
      check.acceptWhatIsThere();
    }
  }

  private static @Nullable LeakCheck current(ExtensionContext context) {
    Held held = context.getStore(NAMESPACE).get(LeakCheck.class, Held.class);
    return held == null ? null : (LeakCheck) held.value();
  }

  private static void checkFiles(ExtensionContext context) {
    LeakCheck check = current(context);
    if (check == null) {
      throw new ExtensionConfigurationException("LeakExtension: the tests of "
          + context.getRequiredTestClass().getName()
          + " share a client, and what it leaves shows after all of them; make the field static");
    }
    // Now and not at the end: by then JUnit may have deleted the directories that they are in.
    check.checkFiles();
  }
}
